#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
const fs::path source = fs::path(LUTRA_SOURCE_DIR) / "src";

std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// folder -> the folders that its lutra_folder() call declares in DEPENDS.
std::map<std::string, std::set<std::string>> declared_dependencies() {
  std::map<std::string, std::set<std::string>> declared;
  const std::regex call(R"(lutra_folder\(\s*(\w+)([^)]*)\))");
  const std::regex depends(R"(DEPENDS((?:\s+[a-z]\w*)+))");
  for (const auto& entry : fs::directory_iterator(source)) {
    const std::string text = text_of(entry.path() / "CMakeLists.txt");
    std::smatch found;
    if (!std::regex_search(text, found, call)) continue;
    std::set<std::string>& folders = declared[found[1]];
    const std::string arguments = found[2];
    std::smatch list;
    if (!std::regex_search(arguments, list, depends)) continue;
    std::istringstream words(list[1]);
    for (std::string word; words >> word;) folders.insert(word);
  }
  return declared;
}

std::vector<std::string> includes_of(const fs::path& file) {
  const std::regex include(R"re(^\s*#\s*include\s*["<]([^">]+)[">])re", std::regex::multiline);
  const std::string text = text_of(file);
  std::vector<std::string> list;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), include); it != std::sregex_iterator(); ++it)
    list.push_back((*it)[1]);
  return list;
}

template <class Visit>
void for_each_source(const Visit& visit) {
  for (const auto& folder : fs::directory_iterator(source))
    if (folder.is_directory())
      for (const auto& file : fs::directory_iterator(folder))
        if (const auto extension = file.path().extension(); extension == ".h" || extension == ".cc")
          visit(folder.path().filename().string(), file.path());
}

TEST(Layering, IncludesFollowTheDeclaredDependencies) {
  const auto declared = declared_dependencies();
  ASSERT_GE(declared.size(), 15u);
  int checked = 0;
  for_each_source([&](const std::string& folder, const fs::path& file) {
    ASSERT_TRUE(declared.contains(folder)) << folder;
    for (const std::string& include : includes_of(file)) {
      const std::string from = include.substr(0, include.find('/'));
      if (!declared.contains(from) || from == include) continue;
      ++checked;
      EXPECT_TRUE(from == folder || declared.at(folder).contains(from)) << file << " includes " << include;
    }
  });
  EXPECT_GT(checked, 100);
}

TEST(Layering, DependenciesHaveNoCycle) {
  const auto declared = declared_dependencies();
  std::map<std::string, int> state;  // 1: being visited, 2: done
  const std::function<void(const std::string&)> visit = [&](const std::string& folder) {
    ASSERT_NE(state[folder], 1) << "cycle through " << folder;
    if (state[folder] == 2) return;
    state[folder] = 1;
    for (const std::string& next : declared.at(folder)) visit(next);
    state[folder] = 2;
  };
  for (const auto& [folder, unused] : declared) visit(folder);
}

TEST(Layering, OnlyTrainSeesTorch) {
  for_each_source([](const std::string& folder, const fs::path& file) {
    if (folder == "train") return;
    for (const std::string& include : includes_of(file))
      for (const char* prefix : {"torch/", "ATen/", "c10/"}) EXPECT_NE(include.rfind(prefix, 0), 0u) << file;
  });
}

}  // namespace
