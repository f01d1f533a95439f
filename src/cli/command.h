#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "cli/session.h"

namespace lutra {

/// What a subcommand does once its flags are parsed. Returns the exit status: 0, or 1 when it ran but its check failed.
using Action = std::function<int(const Session&)>;

/// One subcommand. `add` declares its flags on the parser and returns the action; flag values live as long as the
/// action.
struct Command {
  const char* name;
  const char* summary;
  const char* example;  // one working command line, shown by --help
  std::function<Action(CLI::App&)> add;
};

/// Every subcommand, in the order of the data flow. docs/commands.md is generated from this table (`lutra help-page`).
const std::vector<Command>& commands();

}  // namespace lutra
