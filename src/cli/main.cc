#include <exception>

#include "cli/app.h"
#include "cli/session.h"

int main(int argc, char** argv) {
  lutra::catch_interrupts();  // first: a signal may come at any time
  try {
    return lutra::run_app(argc, argv);
  } catch (const std::exception& e) {  // only our own mistakes
    lutra::tell(std::string("lutra: a mistake in the program: ") + e.what() + ". Please report it with your command");
    return 2;
  }
}
