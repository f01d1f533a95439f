#include <exception>

#include "cli/app.h"
#include "cli/session.h"

namespace {

/// What no person did wrong and no message was written for.
constexpr int fault = 3;

}  // namespace

int main(int argc, char** argv) {
  lutra::catch_interrupts();  // first: a signal may come at any time
  try {
    return lutra::run_app(argc, argv);
  } catch (const std::exception& e) {
    lutra::tell(std::string("lutra: a fault in Lutra, please report it with the command and its input files (what the "
                            "program says: ") +
                e.what() + ")");
    return fault;
  }
}
