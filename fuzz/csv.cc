#include "fuzz/fuzz.h"
#include "fuzz/memory_stream.h"
#include "import/csv_lines.h"

namespace {

void parse(std::string_view text) {
  if (text.empty()) return;
  constexpr std::size_t block_bytes = 64;  // lines of several blocks, in short inputs
  lutra::LineReader lines(std::make_unique<MemoryStream>(text.substr(1)), "data.csv", block_bytes);
  lutra::FieldSplitter splitter(text[0]);
  for (std::string_view line; lines.next(line);)
    if (splitter.split(line))
      for (const std::string_view field : splitter.fields()) {
        double value = 0;
        lutra::parse_real(field, value);
      }
}

}  // namespace

LUTRA_FUZZ(parse)
