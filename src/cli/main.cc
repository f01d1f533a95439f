#include <fmt/format.h>

#include <exception>

#include "cli/app.h"

int main(int argc, char** argv) {
  try {
    return lutra::run_app(argc, argv);
  } catch (const std::exception& e) {  // only what is beyond our control, such as no memory
    fmt::print(stderr, "lutra: {}\n", e.what());
    return 2;
  }
}
