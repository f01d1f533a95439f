#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/artifact.h"
#include "base/error.h"
#include "base/name.h"
#include "base/nasty_names.test.h"
#include "base/process.h"
#include "base/temporary.h"
#include "ir/interpret.h"
#include "ir/random_program.h"
#include "ir/text.h"
#include "model/random_network.h"
#include "rtl/write_rtl.h"

/// Names of any bytes on their way through reader, printers, linters and compilers: a reader refuses them in the words
/// of the rule; those that got past it all the same change no integer.
namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t random_names = 20;
constexpr double timeout_s = 300;

/// Refused in the words of the rule, or harmless enough to be an identifier and a line of a program.
void expect_read_or_refused(const Network& network, const std::string& name) {
  try {
    const Network read = network_from_json(network_to_json(network), "network.json");
    EXPECT_EQ(name, made_name(name));
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("cannot be called"), std::string::npos) << e.what();
    EXPECT_NE(name, made_name(name));
  }
}

TEST(Names, ReadersTakeThemOrRefuseThem) {
  for (const std::string& name : nasty_names_and_random(200)) {
    Network network = random_network(3);
    network.name = name;
    expect_read_or_refused(network, name);
    network = random_network(3);
    network.layers.back().name = name;
    expect_read_or_refused(network, name);
    network = random_network(3);
    network.targets.assign(check(network).back().formats.size(), {name, "", 0, 1, 0});
    expect_read_or_refused(network, name);
  }
}

struct NamedDesign {
  fs::path folder;
  Program program;
  Design design;
};

/// A small program, cut into two layers.
Program two_layers() {
  Program p = random_program(5, {.inputs = 2, .values = 10});
  p.layers.resize(2);
  for (std::size_t i = 0; i < p.values.size(); ++i)
    if (p.values[i].layer == 0) p.values[i].layer = 2 * i < p.values.size() ? 0 : 1;
  return p;
}

/// A design for every name, which is that of the network; its layers are called as others are.
std::vector<NamedDesign> write_designs(const fs::path& folder) {
  const Program program = two_layers();
  const Schedule schedule{std::vector<int>(program.values.size(), 0), 1};
  const std::vector<std::string> names = nasty_names_and_random(random_names);
  std::vector<NamedDesign> designs;
  for (std::size_t i = 0; i < names.size(); ++i) {
    NamedDesign d{folder / std::to_string(i), program, {}};
    d.program.name = names[i].substr(0, 64);  // a file name has no room for more
    for (std::size_t l = 0; l < d.program.layers.size(); ++l)
      d.program.layers[l] = names[(7 * i + l) % names.size()].substr(0, 64);
    d.design = write_rtl(d.folder, {d.program, schedule, 2, "", Json::object()});
    write_design(d.folder, d.design, Json::object());
    designs.push_back(std::move(d));
  }
  return designs;
}

class PrintedNames : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    designs_ = new std::vector<NamedDesign>(write_designs(folder_->path()));
  }
  static void TearDownTestSuite() {
    delete designs_;
    delete folder_;
  }

  /// One design per name of a module: what goes into one run of a tool.
  static std::vector<const NamedDesign*> distinct() {
    std::set<std::string> seen;
    std::vector<const NamedDesign*> all;
    for (const NamedDesign& d : *designs_)
      if (seen.insert(d.design.top).second) all.push_back(&d);
    return all;
  }

  static ProcessResult run(std::vector<std::string> command, const std::vector<std::string>& files) {
    command.insert(command.end(), files.begin(), files.end());
    return run_process(command, {.directory = folder_->path(), .timeout_s = timeout_s});
  }

  static inline TemporaryFolder* folder_ = nullptr;
  static inline std::vector<NamedDesign>* designs_ = nullptr;
};

TEST_F(PrintedNames, FoldersAreReadBackAndProgramsToo) {
  for (const NamedDesign& d : *designs_) {
    const DesignFile read = read_design(d.folder);
    EXPECT_EQ(read.design.top, d.design.top);
    const std::string text = print_program(d.program);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), std::ssize(d.program.values) + std::ssize(d.program.layers) +
                                                              std::ssize(d.program.tables) +
                                                              std::ssize(d.program.outputs) + 1);
  }
}

TEST_F(PrintedNames, VerilatorFindsNothing) {
  std::vector<std::string> files;
  for (const NamedDesign* d : distinct())
    for (const fs::path& file : source_files(d->design, fs::relative(d->folder, folder_->path())))
      files.push_back(file);
  const ProcessResult result = run({"verilator", "--lint-only", "-Wall", "-Wno-MULTITOP"}, files);
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.output, "");
}

TEST_F(PrintedNames, GhdlTakesTheWrappers) {
  std::vector<std::string> files;
  for (const NamedDesign* d : distinct())
    files.push_back(fs::relative(d->folder, folder_->path()) / (d->design.top + ".vhd"));
  const ProcessResult result = run({"ghdl", "-a", "--std=08"}, files);
  EXPECT_EQ(result.status, 0) << result.output;
}

TEST_F(PrintedNames, SimulationsGiveTheIntegersOfTheInterpreter) {
  for (const NamedDesign& d : *designs_) {
    std::vector<std::string> build{"iverilog", "-g2012", "-o", "sim"};
    build.insert(build.end(), d.design.files.begin(), d.design.files.end());
    build.push_back(d.design.testbench);
    const ProcessResult built = run_process(build, {.directory = d.folder, .timeout_s = timeout_s});
    ASSERT_EQ(built.status, 0) << built.output;
    const ProcessResult said = run_process({"vvp", "-n", "sim"}, {.directory = d.folder, .timeout_s = timeout_s});
    EXPECT_TRUE(said.output.starts_with("PASS ")) << d.design.top << ": " << said.output;
    EXPECT_FALSE(fs::exists(d.folder / "pwned"));
  }
}

/// A program that includes every model after all of C's library and says whether each computes what is expected.
std::string models_program(const std::vector<const NamedDesign*>& designs, const fs::path& folder) {
  std::string includes, checks;
  for (const char* header : {"cctype", "cmath", "cstdint", "cstdio", "cstdlib", "cstring", "ctime"})
    includes += std::string("#include <") + header + ">\n";
  for (const NamedDesign* d : designs) {
    includes += "#include \"" + fs::relative(d->folder, folder).string() + "/model.h\"\n";
    for (const auto& event : random_events(d->program, 3, 4)) {
      checks += "  { const std::int64_t in[] = {";
      for (const std::int64_t x : event) checks += std::to_string(x) + ",";
      checks += "}, expected[] = {";
      for (const std::int64_t y : interpret(d->program, event)) checks += std::to_string(y) + ",";
      checks += "};\n    std::int64_t out[sizeof expected / 8];\n    " + d->design.top +
                "::evaluate(in, out);\n    if (std::memcmp(out, expected, sizeof out) != 0) std::puts(\"" +
                d->design.top + "\"); }\n";
    }
  }
  return includes + "int main() {\n" + checks + "}\n";
}

TEST_F(PrintedNames, CppModelsGiveTheIntegersOfTheInterpreter) {
  write_text_atomically(*folder_ / "models.cc", models_program(distinct(), folder_->path()));
  const ProcessResult built = run({"g++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-o", "models"}, {"models.cc"});
  ASSERT_EQ(built.status, 0) << built.output;
  EXPECT_EQ(run({(*folder_ / "models").string()}, {}).output, "");
  EXPECT_FALSE(fs::exists(*folder_ / "pwned"));
}

}  // namespace
}  // namespace lutra
