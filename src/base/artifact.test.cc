#include "base/artifact.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/version.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
constexpr ArtifactKind kind{"sample", 2};

class Artifact : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder);
    write_json_artifact(path, kind, Json{{"seed", 1}}, Json{{"answer", 42}, {"list", {1, 2.5, "x"}}});
  }
  void TearDown() override { fs::remove_all(folder); }

  std::string error() const {
    try {
      read_json_artifact(path, kind);
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  }
  void replace(const std::string& from, const std::string& to) const {
    std::string text = read_text(path);
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    write_text_atomically(path, text.replace(at, from.size(), to));
  }

  const fs::path folder = fs::path(testing::TempDir()) / "lutra_artifact_test";
  const fs::path path = folder / "sample.json";
};

TEST_F(Artifact, RoundTrips) {
  const JsonArtifact artifact = read_json_artifact(path, kind);
  EXPECT_EQ(artifact.version, 2);
  EXPECT_EQ(artifact.config, (Json{{"seed", 1}}));
  EXPECT_EQ(artifact.body, (Json{{"answer", 42}, {"list", {1, 2.5, "x"}}}));
}

TEST_F(Artifact, AChangedNumberIsDamage) {
  replace("\"answer\": 42", "\"answer\": 43");
  EXPECT_NE(error().find("is damaged"), std::string::npos) << error();
}

TEST_F(Artifact, AChangedConfigurationIsDamage) {
  replace("\"seed\": 1", "\"seed\": 2");
  EXPECT_NE(error().find("is damaged"), std::string::npos) << error();
}

TEST_F(Artifact, EveryTruncationIsAnError) {
  const std::string text = read_text(path);
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    write_text_atomically(path, text.substr(0, size));
    EXPECT_NE(error(), "") << size;
  }
}

TEST_F(Artifact, NewerVersionIsNamed) {
  replace("\"version\": 2", "\"version\": 3");
  EXPECT_NE(error().find("format version 3 (this program reads up to 2)"), std::string::npos) << error();
}

TEST_F(Artifact, AnotherKindIsNamed) {
  replace("\"kind\": \"sample\"", "\"kind\": \"other\"");
  EXPECT_NE(error().find("is a other file (a sample file is needed here)"), std::string::npos) << error();
}

TEST_F(Artifact, ForeignJsonMissingFileAndFolderAreErrors) {
  write_text_atomically(path, "{\"a\": 1}");
  EXPECT_NE(error().find("is not a Lutra file"), std::string::npos) << error();
  write_text_atomically(path, std::string(5000, '['));
  EXPECT_NE(error().find("nested deeper than 200 levels"), std::string::npos) << error();
  fs::remove(path);
  EXPECT_NE(error().find("does not exist"), std::string::npos) << error();
  fs::create_directory(path);
  EXPECT_NE(error().find("cannot read " + path.string() + " (it is a folder)"), std::string::npos) << error();
}

TEST_F(Artifact, AnotherRevisionIsDamage) {
  replace(code_version(), "9.9.9 (stranger)");
  EXPECT_NE(error().find("is damaged"), std::string::npos) << error();
}

/// As files were written before the checksum covered the header.
TEST_F(Artifact, FilesOfBeforeAreRead) {
  const Json config = {{"seed", 1}}, body = {{"answer", 42}};
  const std::string sum = hex(hash_bytes(config.dump() + "\n" + body.dump()));
  const Json header = {{"kind", "sample"}, {"version", 1}, {"code", "0.1.0 (23daf78)"}, {"checksum", sum}};
  write_text_atomically(path, Json{{"lutra", header}, {"config", config}, {"answer", 42}}.dump());
  EXPECT_EQ(read_json_artifact(path, kind).body, body) << error();
}

TEST_F(Artifact, BytesThatAreNotUtf8BecomeReplacementCharacters) {
  write_json_artifact(path, kind, Json{{"file", "b\xff.h5"}}, Json::object());
  EXPECT_EQ(read_json_artifact(path, kind).config["file"], "b\uFFFD.h5");
}

}  // namespace
}  // namespace lutra
