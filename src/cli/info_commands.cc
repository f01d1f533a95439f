#include <fmt/format.h>

#include "cli/command_page.h"
#include "cli/commands.h"
#include "synth/tools.h"

namespace lutra {
namespace {

int doctor_action(const Session& session) {
  std::string text;
  Json list = Json::array();
  bool complete = true;
  for (const ToolStatus& tool : find_tools()) {
    complete = complete && (tool.found() || tool.optional);
    text += fmt::format("  {} {:<14} {}\n                   {}\n", tool.found() ? "+" : (tool.optional ? "-" : "!"),
                        tool.name, tool.found() ? tool.version : "missing: " + tool.install, tool.needed_for);
    list.push_back({{"name", tool.name},
                    {"found", tool.found()},
                    {"version", tool.version},
                    {"needed_for", tool.needed_for},
                    {"optional", tool.optional},
                    {"install", tool.install}});
  }
  session.report(text + (complete ? "Everything that is needed is there."
                                  : "Missing tools (!) can be installed with ./dev setup."),
                 {{"complete", complete}, {"tools", list}});
  return complete ? 0 : 1;
}

}  // namespace

Command doctor_command() {
  return {"doctor", "Which outside tools are there, which versions, what is missing", "lutra doctor",
          [](CLI::App&) -> Action { return doctor_action; }};
}

Command help_page_command() {
  return {"help-page", "Print docs/commands.md", "lutra help-page > docs/commands.md", [](CLI::App&) -> Action {
            return [](const Session& session) {
              session.report(command_page(), {{"page", command_page()}});
              return 0;
            };
          }};
}

}  // namespace lutra
