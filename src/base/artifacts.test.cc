#include "base/artifacts.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

namespace lutra {
namespace {

namespace fs = std::filesystem;
const fs::path root = LUTRA_SOURCE_DIR;

/// The table of docs/formats.md.
std::string documented_kinds() {
  std::string text = "| kind | version | files | written by | read by | body |\n|---|---|---|---|---|---|\n";
  for (const KindOfArtifact& row : artifact_kinds) {
    std::string files;
    for (const ArtifactFile& file : artifact_files())
      if (std::string_view(file.kind.name) == row.kind.name)
        files += (files.empty() ? "`" : "; `") + std::string(file.path) + "`";
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", row.kind.name, row.kind.version, files, row.writers,
                        row.readers, row.meaning);
  }
  return text;
}

TEST(Artifacts, KindsAndPathsAreUniqueAndEveryKindHasAFile) {
  std::set<std::string> kinds, of_files, paths;
  for (const KindOfArtifact& row : artifact_kinds) EXPECT_TRUE(kinds.insert(row.kind.name).second) << row.kind.name;
  for (const ArtifactFile& file : artifact_files()) {
    EXPECT_TRUE(paths.insert(file.path).second) << file.path;
    of_files.insert(file.kind.name);
    EXPECT_TRUE(file.keep == Keep::no || std::string_view(file.path).find('*') == std::string_view::npos) << file.path;
  }
  EXPECT_EQ(kinds, of_files);
}

TEST(Artifacts, AKindHasItsVersion) {
  static_assert(artifact_kind("teacher").version == 2);
  EXPECT_STREQ(artifact_kind("pareto").name, "pareto");
}

TEST(Artifacts, TheFormatsAreDocumented) {
  const std::string document = read_text(root / "docs/formats.md"), table = documented_kinds();
  EXPECT_NE(document.find("\n" + table), std::string::npos) << "docs/formats.md needs this table:\n" << table;
}

TEST(Artifacts, KeepShKeepsWhatResultsKeep) {
  const std::string script = read_text(root / "studies/keep.sh");
  std::smatch list;
  ASSERT_TRUE(std::regex_search(script, list, std::regex(R"(for file in study\.toml([^;]*); do)")));
  std::istringstream words(std::regex_replace(list[1].str(), std::regex(R"(\\\n)"), " "));
  const std::set<std::string> kept{std::istream_iterator<std::string>(words), {}};
  std::set<std::string> expected;
  for (const ArtifactFile& file : artifact_files())
    if (file.keep != Keep::no) expected.insert(file.path);
  EXPECT_EQ(kept, expected);
}

TEST(Artifacts, NobodyElseNamesAKind) {
  const std::regex named(R"re(ArtifactKind \w*\{"|_json_artifact\([^;]*\{"\w+", \d+\})re");
  int seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root / "src")) {
    const fs::path& path = entry.path();
    if ((path.extension() != ".h" && path.extension() != ".cc") || path.string().find(".test.") != std::string::npos)
      continue;
    ++seen;
    EXPECT_FALSE(std::regex_search(read_text(path), named)) << path << ": take the kind from base/artifacts.h";
  }
  EXPECT_GT(seen, 300);
}

}  // namespace
}  // namespace lutra
