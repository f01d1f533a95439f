#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "base/lease.h"
#include "base/temporary.h"
#include "event/dataset_file.h"
#include "model/random_network.h"
#include "trial.h"

/// The program where something around it is wrong: a full disk, a pipe as --out, another run in its folder, the
/// environment. Each is one line that names the cause, or does not matter.
namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Sets an environment variable for a while.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    const char* before = std::getenv(name);
    if (before) before_ = before;
    ::setenv(name, value.c_str(), 1);
  }
  ~Variable() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

/// A network with tables and its firmware, made once.
class Trouble : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = std::make_unique<TemporaryFolder>();
    write_text_atomically(at("study.toml"), trial_study);
    for (std::uint64_t seed = 1; !make_firmware(random_network(seed, {3, 2, 3, 3, 3})); ++seed) ASSERT_LT(seed, 50u);
  }
  static void TearDownTestSuite() { folder.reset(); }

  /// Whether it has tables: then its proof needs outside tools.
  static bool make_firmware(Network network) {
    network.targets.clear();
    write_network(at("network.json"), network, Json::object());
    write_dataset(at("data.h5"), inputs_of(network), Json::object());
    const bool compiled = lutra_run({"compile", at("network.json"), "--out", at("rtl")}).status == 0;
    return compiled && read_text(at("rtl/arithmetic.ir")) != read_text(at("rtl/network.ir"));
  }

  static Dataset inputs_of(const Network& network) {
    constexpr std::size_t events = 20;
    Dataset data;
    data.rows = 1;
    data.cols = network.input.size();
    data.input_format = network.input_format;
    data.inputs = random_inputs(network, 1, events);
    data.targets = {{"y", "", 0, 1, 0}};
    data.truth.resize(events);
    data.window_start.resize(events);
    data.split.resize(events);
    return data;
  }

  static std::string at(const std::string& name) { return (*folder / name).string(); }

  static ProcessResult simulate(const std::string& out) {
    return lutra_run({"simulate", at("study.toml"), "--events", "20", "--quiet", "--threads", "1", "--out", out});
  }
  static ProcessResult verify(const std::string& rtl) {
    return lutra_run({"verify", at("network.json"), rtl, "--data", at("data.h5"), "--out", at("verify.json")});
  }

  static void expect_refusal(const ProcessResult& result, const std::string& says) {
    EXPECT_EQ(result.status, 2) << result.output;
    EXPECT_NE(result.output.find(says), std::string::npos) << says << "\n" << result.output;
    EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1) << result.output;
  }

  inline static std::unique_ptr<TemporaryFolder> folder;
};

TEST_F(Trouble, OutIsAFileOrNothing) {
  fs::create_directory(at("folder"));
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  expect_refusal(simulate(at("folder")), "(it is a folder)");
  expect_refusal(simulate(at("pipe")), "(it is a pipe)");
  expect_refusal(simulate("/dev/null"), "(it is a device)");
  fs::create_symlink("events.h5", at("link.h5"));
  EXPECT_EQ(simulate(at("link.h5")).status, 0);
  EXPECT_TRUE(fs::is_symlink(at("link.h5")));
  EXPECT_TRUE(fs::is_regular_file(at("events.h5")));
}

TEST_F(Trouble, AFileThatGetsTooLargeIsAnErrorAndNothingStays) {
  fs::create_directory(at("limited"));
  const std::string script = "ulimit -f 10; exec \"$0\" simulate \"$1\" --events 1000 --quiet --out \"$2\"";
  const ProcessResult result =
      run_process({"sh", "-c", script, LUTRA_PROGRAM, at("study.toml"), at("limited/events.h5")});
  expect_refusal(result, "larger than the limit on the size of files");
  EXPECT_TRUE(fs::is_empty(at("limited")));
}

TEST_F(Trouble, AnyNameOfAFileCanBeShown) {
  const ProcessResult result = lutra_run(
      {"simulate", at("study.toml"), "--events", "20", "--quiet", "--json", "--threads", "1", "--out", at("b\xff.h5")});
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_FALSE(Json::parse(result.output, nullptr, false).is_discarded()) << result.output;
  std::ofstream(at("c.csv")) << "\xc0\xaf,b\n1,2\n";
  EXPECT_EQ(lutra_run({"inspect", at("c.csv"), "--json", "--quiet"}).status, 0);
}

TEST_F(Trouble, StandardOutputMustTakeTheResult) {
  const std::string script = "exec \"$0\" doctor > /dev/full";
  expect_refusal(run_process({"sh", "-c", script, LUTRA_PROGRAM}), "the disk is full");
}

TEST_F(Trouble, OneRunInAFolder) {
  const std::string out = at("taken");
  {
    const Lease lease(out, "another run");
    const std::string holder = "process " + std::to_string(::getpid()) + " on ";
    const std::vector<std::vector<std::string>> commands = {{"run", at("study.toml"), "--out", out},
                                                            {"train", at("study.toml"), "--data", "x", "--out", out},
                                                            {"distill", at("study.toml"), "--data", "x", "--out", out},
                                                            {"learn", at("study.toml"), "--data", "x", "--out", out},
                                                            {"roads", at("study.toml"), "--data", "x", "--out", out},
                                                            {"fit", at("study.toml"), "--out", out},
                                                            {"compile", at("network.json"), "--out", out}};
    for (const auto& command : commands) expect_refusal(lutra_run(command), holder);
  }
  EXPECT_FALSE(fs::exists(out)) << "whoever makes a folder for nothing removes it";
}

TEST_F(Trouble, AMissingTmpdirIsNamed) {
  const Variable tmpdir("TMPDIR", "/no-such-folder");
  expect_refusal(verify(at("rtl")), "/no-such-folder (it does not exist). Set TMPDIR");
  expect_refusal(lutra_run({"synth", at("rtl"), "--quiet"}), "/no-such-folder (it does not exist). Set TMPDIR");
}

TEST_F(Trouble, TheEnvironmentOfBuildsDoesNotMatter) {
  const std::string odd = at("it's a \"folder\", \\ $HOME");
  fs::create_directory(odd);
  fs::copy(at("rtl"), odd + "/rtl", fs::copy_options::recursive);
  const Variable tmpdir("TMPDIR", odd), home("HOME", "/proc/no-home"), cache("CCACHE_DIR", "/proc/no-cache"),
      flags("MAKEFLAGS", "-n"), compiler("CXX", "false"), options("CXXFLAGS", "-no-such-flag"), make("MAKELEVEL", "x");
  const ProcessResult verified = verify(odd + "/rtl");
  EXPECT_EQ(verified.status, 0) << verified.output;
  const ProcessResult synthesised = lutra_run({"synth", odd + "/rtl", "--out", at("synth.json")});
  EXPECT_EQ(synthesised.status, 0) << synthesised.output;
  EXPECT_EQ(std::distance(fs::directory_iterator(odd), fs::directory_iterator()), 1) << "only rtl is left";
}

/// A tool on PATH that only fails.
TEST_F(Trouble, AVerificationIsKeptWhenTheToolOfItsProofFails) {
  write_text_atomically(at("tools/yosys"), "#!/bin/sh\necho 'ERROR: out of licences'\nexit 1\n");
  fs::permissions(at("tools/yosys"), fs::perms::owner_all);
  const Variable path("PATH", at("tools") + ":" + std::getenv("PATH"));
  const ProcessResult result = lutra_run(
      {"verify", at("network.json"), at("rtl"), "--data", at("data.h5"), "--prove", "--out", at("kept.json")});
  EXPECT_EQ(result.status, 1) << result.output;
  const Json kept = read_json(at("kept.json"));
  EXPECT_EQ(kept["mismatches"], 0);
  EXPECT_EQ(kept["proof"]["verdict"], "failed") << json_text(kept);
  EXPECT_NE(kept["proof"]["difference"].get<std::string>().find("out of licences"), std::string::npos)
      << json_text(kept);
}

/// As soon as the program says to the system that it takes SIGTERM, one is sent.
TEST_F(Trouble, SigtermRightAfterTheStartIsCaught) {
  const std::string study = at("study.toml"), out = at("terminated");
  const pid_t program = ::fork();
  if (program == 0) {
    ::execl(LUTRA_PROGRAM, "lutra", "run", study.c_str(), "--out", out.c_str(), "--quiet", nullptr);
    ::_exit(127);
  }
  const auto takes_sigterm = [&] {
    std::ifstream status("/proc/" + std::to_string(program) + "/status");
    for (std::string word; status >> word;)
      if (word == "SigCgt:") return status >> word && (std::stoull(word, nullptr, 16) >> (SIGTERM - 1) & 1) != 0;
    return false;
  };
  while (!takes_sigterm()) ::usleep(200);
  ::kill(program, SIGTERM);
  int status = 0;
  ::waitpid(program, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
}

}  // namespace
}  // namespace lutra
