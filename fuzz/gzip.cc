#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"
#include "import/byte_stream.h"

namespace {

/// The file is unpacked, up to 1 MB; what has no gzip magic passes as it is.
void parse(std::string_view bytes) {
  std::string content(1 << 16, '\0');
  const auto stream = lutra::open_bytes(as_file("t.gz", bytes));
  for (int block = 0; block < 16 && stream->read(content) == content.size(); ++block) {
  }
}

}  // namespace

LUTRA_FUZZ(parse)
