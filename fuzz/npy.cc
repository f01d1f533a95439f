#include "fuzz/fuzz.h"
#include "fuzz/read_array.h"

namespace {

void parse(std::string_view bytes) {
  auto stream = std::make_unique<MemoryStream>(bytes);
  const lutra::ArrayLayout layout = lutra::read_npy_header(*stream, "data.npy");
  read_array(std::move(stream), layout);
}

}  // namespace

LUTRA_FUZZ(parse)
