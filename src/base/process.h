#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lutra {

struct ProcessResult {
  int status = 0;      // exit status; 128 + signal when killed
  std::string output;  // stdout and stderr, interleaved, at most the last 4 MiB
};

struct ProcessOptions {
  std::filesystem::path directory = {};  // where it runs and puts its temporary files; empty: where this process does
  double timeout_s = 0;                  // 0: none. Past it the whole process group is killed and Error thrown
  std::function<void()> tick = {};       // called ten times a second; when it throws, the whole group is killed
};

/// Runs an outside tool with an argument list, never through a shell. Error when it is not installed, naming the tool
/// and how to get it (`lutra doctor`). A non-zero status is returned, not thrown. The tool and all that it starts are
/// one process group, which is killed when the tool has ended and when this process dies, however it dies. Variables
/// that change what compilers and make do (MAKEFLAGS, CXX, CXXFLAGS, ...) are not passed on; messages are in English.
ProcessResult run_process(const std::vector<std::string>& command, const ProcessOptions& options = {});

/// Absolute path of a tool on PATH, empty when it is not there.
std::filesystem::path find_tool(const std::string& name);

}  // namespace lutra
