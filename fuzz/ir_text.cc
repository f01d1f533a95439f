#include "fuzz/fuzz.h"
#include "ir/text.h"

namespace {

/// What is read can be printed and read again.
void parse(std::string_view text) {
  const lutra::Program program = lutra::parse_program(std::string(text), "network.ir");
  lutra::parse_program(lutra::print_program(program), "written");
}

}  // namespace

LUTRA_FUZZ(parse)
