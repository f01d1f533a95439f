#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace lutra {

/// One outside tool, as `lutra doctor` shows it.
struct ToolStatus {
  std::string name;
  std::string needed_for;
  std::string install;         // Debian 12 command that brings it
  bool optional = false;       // everything in ./dev demo and ./dev test works without it
  std::filesystem::path path;  // empty: not there
  std::string version;         // first line the tool says about itself; "unknown" when it does not answer
  bool found() const { return !path.empty(); }
};

/// Looks for every outside tool Lutra can use.
std::vector<ToolStatus> find_tools();

}  // namespace lutra
