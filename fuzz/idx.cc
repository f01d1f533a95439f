#include "fuzz/fuzz.h"
#include "fuzz/read_array.h"

namespace {

void parse(std::string_view bytes) {
  auto stream = std::make_unique<MemoryStream>(bytes);
  const lutra::ArrayLayout layout = lutra::read_idx_header(*stream, "data.idx");
  read_array(std::move(stream), layout);
}

}  // namespace

LUTRA_FUZZ(parse)
