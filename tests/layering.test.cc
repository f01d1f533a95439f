#include <gtest/gtest.h>

#include <functional>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "sources.h"

namespace {

namespace fs = std::filesystem;

/// folder -> the folders that its lutra_folder() call declares under `keyword`, DEPENDS or TEST_DEPENDS.
std::map<std::string, std::set<std::string>> declared_dependencies(const std::string& keyword = "DEPENDS") {
  std::map<std::string, std::set<std::string>> declared;
  const std::regex call(R"(lutra_folder\(\s*(\w+)([^)]*)\))");
  const std::regex depends("\\s" + keyword + "((?:\\s+[a-z]\\w*)+)");
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

/// Tests and benchmarks.
bool is_test(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.find(".test.") != std::string::npos || name.find(".perf.") != std::string::npos;
}

TEST(Layering, IncludesFollowTheDeclaredDependencies) {
  const auto declared = declared_dependencies(), for_tests = declared_dependencies("TEST_DEPENDS");
  ASSERT_GE(declared.size(), 25u);
  int checked = 0;
  for_each_source([&](const std::string& folder, const fs::path& file) {
    ASSERT_TRUE(declared.contains(folder)) << folder;
    for (const std::string& include : includes_of(file)) {
      const std::string from = include.substr(0, include.find('/'));
      if (!declared.contains(from) || from == include) continue;
      ++checked;
      const bool allowed = from == folder || declared.at(folder).contains(from) ||
                           (is_test(file) && for_tests.at(folder).contains(from));
      EXPECT_TRUE(allowed) << file << " includes " << include;
    }
  });
  EXPECT_GT(checked, 100);
}

/// folder -> what docs/architecture.md says that it may include; "everything" in words for the two at the top.
std::map<std::string, std::string> documented_dependencies() {
  std::map<std::string, std::string> documented;
  std::istringstream lines(text_of(fs::path(LUTRA_SOURCE_DIR) / "docs/architecture.md"));
  const std::regex row(R"(\| ([a-z]+) \|[^|]*\|\s*([^|]*?)\s*\|)");
  std::smatch found;
  for (std::string line; std::getline(lines, line);)
    if (std::regex_match(line, found, row) && found[1] != "folder") documented[found[1]] = found[2];
  return documented;
}

TEST(Layering, ArchitectureSaysWhatTheFoldersInclude) {
  const auto declared = declared_dependencies();
  const auto documented = documented_dependencies();
  EXPECT_EQ(documented.size(), declared.size());
  for (const auto& [folder, text] : documented) {
    ASSERT_TRUE(declared.contains(folder)) << folder << " is not a folder of src";
    if (text.starts_with("everything")) continue;
    std::istringstream words(text);
    const std::set<std::string> folders{std::istream_iterator<std::string>(words), {}};
    EXPECT_EQ(folders, declared.at(folder)) << folder;
  }
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

TEST(Layering, OnlyTeacherAndRanksSeeTorch) {
  for_each_source([](const std::string& folder, const fs::path& file) {
    if (folder == "teacher" || folder == "ranks" || (folder == "student" && is_test(file))) return;
    for (const std::string& include : includes_of(file))
      for (const char* prefix : {"torch/", "ATen/", "c10/"}) EXPECT_NE(include.rfind(prefix, 0), 0u) << file;
  });
}

}  // namespace
