#pragma once

namespace lutra {

/// The program: parses the command line, runs one subcommand, turns errors into one line on stderr. Returns the exit
/// status: 0 done, 1 ran but the check failed, 2 bad input or usage, 130 interrupted.
int run_app(int argc, const char* const* argv);

}  // namespace lutra
