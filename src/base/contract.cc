#include "base/contract.h"

#include <cstdio>
#include <cstdlib>

namespace lutra {

void contract_broken(const char* what, std::source_location where) {
  std::fprintf(stderr, "lutra: internal error, please report it: %s does not hold at %s:%u\n", what, where.file_name(),
               where.line());
  std::abort();
}

}  // namespace lutra
