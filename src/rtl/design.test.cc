#include "rtl/design.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/error.h"
#include "base/temporary.h"
#include "ir/random_program.h"
#include "rtl/write_rtl.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

class DesignFolder : public ::testing::Test {
 protected:
  void SetUp() override { written_ = write("student"); }

  Design write(const std::string& name) const {
    Program p = random_program(5);
    p.name = name;
    const Schedule schedule{std::vector<int>(p.values.size(), 0), 1};
    const Design design = write_rtl(folder_.path(), {p, schedule, 2.5, "0123456789abcdef", {{"lut", 3}}});
    write_design(folder_.path(), design, {{"clock_ns", 2.5}});
    return design;
  }

  std::string refusal() const {
    try {
      read_design(folder_.path());
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  }

  std::string edited_to(const std::string& file, const std::string& text) const {
    write_text_atomically(folder_ / file, text);
    return refusal();
  }

  /// design.json sealed anew after a change: what a stranger can do.
  std::string refusal_after(const std::function<void(Json&)>& change, ArtifactKind kind = design_kind) const {
    JsonArtifact artifact = read_json_artifact(folder_ / "design.json", design_kind);
    const JsonArtifact before = artifact;
    change(artifact.body);
    write_json_artifact(folder_ / "design.json", kind, artifact.config, artifact.body);
    const std::string message = refusal();
    write_json_artifact(folder_ / "design.json", design_kind, before.config, before.body);
    return message;
  }

  TemporaryFolder folder_;
  Design written_;
};

TEST_F(DesignFolder, RoundTrips) {
  const DesignFile read = read_design(folder_.path());
  EXPECT_EQ(read.design.top, "student");
  EXPECT_EQ(read.design.latency_cycles, written_.latency_cycles);
  EXPECT_EQ(read.design.outputs, written_.outputs);
  EXPECT_EQ(read.design.input_range, written_.input_range);
  EXPECT_EQ(read.design.cost["lut"], 3);
  EXPECT_EQ(read.design.hashes, written_.hashes);
  EXPECT_EQ(read.config["clock_ns"], 2.5);
  EXPECT_TRUE(read.edits.empty());
}

TEST_F(DesignFolder, EditedFilesAreNamedOrTaken) {
  for (const char* file : {"student.sv", "model.h", "network.ir", "tb_student.sv", "vectors_in.hex", "student.vhd"}) {
    const std::string before = read_text(folder_ / file);
    EXPECT_NE(edited_to(file, before + " ").find(std::string(file) + " changed"), std::string::npos) << refusal();
    const DesignFile taken = read_design(folder_.path(), Edits::taken);
    EXPECT_EQ(edits_to_json(taken.edits), (Json::array({{{"file", file}, {"what", "changed"}}})));
    write_text_atomically(folder_ / file, before);
  }
  EXPECT_EQ(refusal(), "");
}

TEST_F(DesignFolder, AddedFilesAreNamedAndResultsAreNone) {
  for (const char* file : {"more.sv", "more.h", "more.vhd", "more.ir", "more.hex"}) {
    EXPECT_NE(edited_to(file, "").find(std::string(file) + " added"), std::string::npos) << refusal();
    fs::remove(folder_ / file);
  }
  for (const char* file : {"verify.json", "synth.json", "netlist.v", "notes.txt"}) EXPECT_EQ(edited_to(file, ""), "");
}

TEST_F(DesignFolder, MissingFilesAreNamedAndSourcesCannotBeDoneWithout) {
  fs::remove(folder_ / "model.h");
  EXPECT_NE(refusal().find("model.h missing"), std::string::npos);
  EXPECT_EQ(read_design(folder_.path(), Edits::taken).edits.size(), 1u);
  fs::remove(folder_ / "student.sv");
  EXPECT_NE(refusal().find("student.sv missing"), std::string::npos);
  EXPECT_THROW(read_design(folder_.path(), Edits::taken), Error);
}

TEST_F(DesignFolder, NothingOfAnEarlierDesignStays) {
  write_text_atomically(folder_ / "notes.txt", "mine");
  const Design other = write("other");
  EXPECT_EQ(read_design(folder_.path()).design.top, "other");
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(other.hashes.contains(name) || name == "design.json" || name == "notes.txt") << name;
  }
}

TEST_F(DesignFolder, NothingOfAnEarlierDesignWithoutHashesStays) {
  const JsonArtifact artifact = read_json_artifact(folder_ / "design.json", design_kind);
  Json body = artifact.body;
  body.erase("hashes");
  write_json_artifact(folder_ / "design.json", {"design", 1}, artifact.config, body);
  EXPECT_NE(refusal().find("of an older Lutra"), std::string::npos) << refusal();
  EXPECT_EQ(read_design(folder_.path(), Edits::taken).edits.size(), 1u);
  write("other");
  EXPECT_EQ(refusal(), "");
  EXPECT_FALSE(fs::exists(folder_ / "student.sv") || fs::exists(folder_ / "tb_student.sv"));
}

TEST_F(DesignFolder, ADamagedDesignIsWrittenAgain) {
  write_text_atomically(folder_ / "design.json", "{");
  EXPECT_NE(refusal(), "");
  write("student");
  EXPECT_EQ(refusal(), "");
}

TEST_F(DesignFolder, WhatWeNeverWriteIsRefused) {
  const std::pair<const char*, Json> wrong[] = {
      {"top", "student -flatten\n! id\n#"},
      {"top", "other"},
      {"top", "module"},
      {"top", ""},
      {"clock_ns", 0},
      {"clock_ns", 1e9},
      {"interval_cycles", 0},
      {"interval_cycles", 1 << 30},
      {"latency_cycles", -1},
      {"latency_cycles", 1 << 30},
      {"chunks", 2},
      {"inputs", 0},
      {"inputs", 1 << 30},
      {"input_format", "u99.1"},
      {"input_min", -1'000'000'000},
      {"input_max", 1'000'000'000},
      {"outputs", Json::array()},
      {"outputs", {"x"}},
      {"files", Json::array()},
      {"files", {"student.sv", "student.sv"}},
      {"files", {"student.sv", "../student.sv"}},
      {"files", {"student.sv", "/etc/passwd"}},
      {"files", {"student.sv", "-f.sv"}},
      {"files", {"student.sv", "a b.sv"}},
      {"files", {"student.sv", "[exec id].sv"}},
      {"files", {"student.sv", ".sv"}},
      {"files", {"student.sv", "model.h"}},
      {"testbench", "tb_other.sv"},
      {"testbench", "../tb_student.sv"},
      {"hashes", Json::array()},
      {"hashes", {{"student.sv", "0123456789abcdef"}}},
      {"hashes", {{"../x", "0123456789abcdef"}}},
      {"network_hash", "$(id)"},
      {"cost", 7},
      {"chain", 7},
      {"more", 7},
  };
  for (const auto& [key, value] : wrong) {
    const std::string message = refusal_after([&](Json& body) { body[key] = value; });
    EXPECT_NE(message, "") << key << " " << value;
    EXPECT_NE(message.find("design.json"), std::string::npos) << message;
    EXPECT_EQ(message.find("is not as lutra compile wrote it"), std::string::npos) << message;
  }
  EXPECT_NE(refusal_after([](Json& body) { body["hashes"]["design.json"] = "0123456789abcdef"; }), "");
  EXPECT_NE(refusal_after([](Json& body) { body["hashes"]["model.h"] = "none"; }), "");
  EXPECT_NE(refusal_after([](Json& body) { body.erase("hashes"); }), "");
  EXPECT_NE(refusal_after([](Json&) {}, {"network", 1}), "");
  EXPECT_EQ(refusal_after([](Json&) {}), "");
}

}  // namespace
}  // namespace lutra
