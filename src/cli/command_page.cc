#include "cli/command_page.h"

#include <fmt/format.h>

#include "cli/command.h"

namespace lutra {
namespace {

std::string name_of(const CLI::Option& option) {
  return option.get_positional() ? option.get_name(true) : option.get_name(false, true);
}

std::string flag_row(const CLI::Option& option) {
  std::string name = name_of(option);
  if (option.get_required()) name += " (required)";
  return fmt::format("| `{}` | {} |\n", name, option.get_description());
}

std::string section(const Command& command) {
  CLI::App app;
  command.add(app);
  std::string text = fmt::format("\n## {}\n{}.\n\n    {}\n\n| flag | meaning |\n|---|---|\n", command.name,
                                 command.summary, command.example);
  for (const CLI::Option* option : app.get_options())
    if (name_of(*option) != "-h,--help") text += flag_row(*option);
  return text;
}

}  // namespace

std::string command_page() {
  std::string page =
      "# Commands\n\n"
      "Made by `lutra help-page`; edit the command, not this page.\n\n"
      "Every command takes `--threads N` (results do not depend on it), `--quiet` (no bars, no summary), `--json` (the "
      "result as one JSON\n"
      "object on standard output) and `--help`. Exit status: 0 done, 1 ran but the check failed, 2 bad input or usage, "
      "3 a\n"
      "fault in Lutra, 130 interrupted.\n";
  for (const Command& command : commands()) page += section(command);
  return page;
}

}  // namespace lutra
