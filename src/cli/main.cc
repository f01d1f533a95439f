#include <fmt/format.h>

#include <exception>

#include "cli/app.h"

namespace {

/// What no person did wrong and no message was written for.
constexpr int fault = 3;

}  // namespace

int main(int argc, char** argv) {
  try {
    return lutra::run_app(argc, argv);
  } catch (const std::exception& e) {
    fmt::print(stderr,
               "lutra: a fault in Lutra, please report it with the command and its input files (what the program says: "
               "{})\n",
               e.what());
    return fault;
  }
}
