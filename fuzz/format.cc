#include "fixed/format.h"

#include <cstdlib>

#include "fuzz/fuzz.h"

namespace {

void parse(std::string_view text) {
  const lutra::Format format = lutra::parse_format(std::string(text), "format");
  if (lutra::parse_format(lutra::to_string(format), "written") != format) std::abort();
}

}  // namespace

LUTRA_FUZZ(parse)
