#pragma once
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

/// The sources of the program, for tests that read them.
inline const std::filesystem::path source = std::filesystem::path(LUTRA_SOURCE_DIR) / "src";

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Calls visit(folder of src, file) for every header and source file of a folder and of the folders inside it.
template <class Visit>
void for_each_source(const Visit& visit) {
  namespace fs = std::filesystem;
  for (const auto& folder : fs::directory_iterator(source)) {
    if (!folder.is_directory()) continue;
    for (auto it = fs::recursive_directory_iterator(folder); it != fs::recursive_directory_iterator(); ++it)
      if (it->path().filename() == "node_modules")
        it.disable_recursion_pending();  // of others
      else if (const auto extension = it->path().extension(); extension == ".h" || extension == ".cc")
        visit(folder.path().filename().string(), it->path());
  }
}
