#include "cli/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <system_error>
#include <thread>

#include "base/file_error.h"
#include "base/temporary.h"
#include "base/version.h"
#include "cli/command.h"

namespace lutra {
namespace {

constexpr int bad_input = 2;
constexpr int interrupted = 130;

void add_common_flags(CLI::App& app, Session& session) {
  app.add_option("--threads", session.threads, "Threads to use; results do not depend on it")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  app.add_flag("--quiet", session.quiet, "No progress bars and no summary");
  app.add_flag("--json", session.json, "The result as one JSON object on standard output");
}

/// CLI11 only says that a subcommand is missing; the person wants to know which word was not understood.
void check_command_name(int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  const std::string name = argv[1];
  for (const Command& command : commands())
    if (name == command.name) return;
  throw CLI::ExtrasError("lutra", {name});
}

int refuse(const std::string& why) {
  tell("lutra: " + why);
  return bad_input;
}

int run_action(const Action& action, const Session& session) {
  try {
    sweep_temporary_folders();
    stop_if_interrupted();
    return action(session);
  } catch (const Error& e) {
    return refuse(e.what());
  } catch (const Interrupted&) {
    tell("\nlutra: interrupted; finished work is kept, run the same command to go on");
    return interrupted;
  } catch (const std::bad_alloc&) {
    return refuse("out of memory. Use fewer events or fewer threads");
  } catch (const std::filesystem::filesystem_error& e) {
    return refuse(file_error(e).what());
  } catch (const std::system_error& e) {
    return refuse("the system refused something (" + e.code().message() + "). Try again, with fewer threads");
  }
}

}  // namespace

int run_app(int argc, const char* const* argv) {
  CLI::App app("Lutra: from detector hits to verified trigger firmware");
  app.set_version_flag("--version", code_version());
  app.require_subcommand(1);

  Session session;
  session.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  Action action;
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    sub->footer(fmt::format("\nExample:\n  {}", command.example));
    add_common_flags(*sub, session);
    sub->callback([chosen = command.add(*sub), &action] { action = chosen; });
  }
  try {
    check_command_name(argc, argv);
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : bad_input;
  }
  return run_action(action, session);
}

}  // namespace lutra
