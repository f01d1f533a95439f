#include "verify/verify_chain.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/process.h"
#include "base/temporary.h"
#include "chain/chain.h"
#include "compile/compile.h"
#include "compile/schedule.h"
#include "model/evaluate.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// pT and eta as weighted sums of a 3 x 6 fragment, in 6 bits.
Network small_network() {
  Layer layer;
  layer.name = "head";
  layer.inputs = {network_input};
  layer.out_channels = 2;
  for (int i = 0; i < 36; ++i) layer.weights.push_back(i % 5 - 1);
  layer.weight_frac = {2, 2};
  layer.bias = {-3, 2};
  layer.bias_frac = {2, 2};
  layer.output = {{{6, 3, false}, Rounding::half_even, Overflow::saturate}};
  Network network;
  network.name = "chain head";
  network.input = {1, 3, 6};
  network.input_format = {2, 1, false};
  network.layers = {layer};
  network.targets = {{"pt", "GeV", 0, 8, 0}, {"eta", "", 0, 0.12, 0.01}};
  return network;
}

constexpr WindowSearchShape shape{3, 50, 12, 5, 1, 2, 4, 2};

Design write_small_chain(const fs::path& folder, const Network& network) {
  CompileOptions options;
  options.input_max = 2;
  const CompileResult result = compile(network, options);
  WindowSearchPrograms search{chunk_program(shape), cell_program(shape), {}, {}};
  search.chunk_schedule = make_schedule(search.chunks, 2);
  search.cell_schedule = make_schedule(search.cells, 2);
  const TriggerRule rule =
      make_trigger_rule(network.targets, Evaluator(network).output_formats(), {0, shape.cols - shape.window}, 2.5);
  const Design inner = write_rtl(folder, {result.program, result.schedule, options.clock_ns, result.network_hash,
                                          cost_to_json(result.cost), result.three_inputs});
  const Design design = write_chain(folder, {shape, search, result.cost, rule}, inner, result);
  write_design(folder, design, {});
  return design;
}

VerifyOptions few(const fs::path& work) { return {.random_events = 300, .threads = 1, .work = work}; }

TEST(VerifyChain, RawHitsToDecisionAgreeAndABrokenChainIsFound) {
  const TemporaryFolder folder;
  const Network network = small_network();
  write_small_chain(folder.path(), network);
  const Design design = read_design(folder.path()).design;
  EventBatch given;
  given.hits.emplace_back(17, HitOrigin::muon);
  given.hit_begin.push_back(1);
  given.muon_begin.push_back(0);
  const VerifyResult right = verify_chain(network, design, folder.path(), given, few({}), no_progress);
  EXPECT_TRUE(right.passed()) << describe(*right.first);
  EXPECT_EQ(right.given, 1u);
  EXPECT_GT(right.corner, 50u);

  const fs::path top = folder.path() / (design.top + ".sv");
  std::string text = read_text(top);
  const std::string sum = "wide_start + ";
  ASSERT_NE(text.find(sum), std::string::npos);
  write_text_atomically(top, text.replace(text.find(sum), sum.size(), "wide_start - "));
  EXPECT_FALSE(verify_chain(network, design, folder.path(), given, few({}), no_progress).passed());

  Network other = network;
  other.layers[0].bias[0] += 1;
  EXPECT_THROW(verify_chain(other, design, folder.path(), given, few({}), no_progress), Error);
}

/// Without eta: pT is an unsigned word of its own.
Network pt_network() {
  Network network = small_network();
  Layer& layer = network.layers[0];
  layer.out_channels = 1;
  layer.weights.resize(18);
  layer.weight_frac = layer.bias_frac = {2};
  layer.bias = {-3};
  network.targets.resize(1);
  return network;
}

void expect_files_work(const Network& network) {
  const TemporaryFolder folder;
  const Design design = write_small_chain(folder.path(), network);
  EXPECT_EQ(word_formats(chain_rule(read_design(folder.path()).design)), design.outputs);
  std::vector<std::string> build{"iverilog", "-g2012", "-o", "sim"},
      lint{"verilator", "--lint-only", "-Wall", "--top-module", design.top};
  build.insert(build.end(), design.files.begin(), design.files.end());
  build.push_back(design.testbench);
  lint.insert(lint.end(), design.files.begin(), design.files.end());
  const ProcessResult built = run_process(build, {folder.path(), 60});
  ASSERT_EQ(built.status, 0) << built.output;
  const std::string said = run_process({"vvp", "-n", "sim"}, {folder.path(), 60}).output;
  EXPECT_EQ(said.rfind("PASS 24", 0), 0u) << said;
  EXPECT_EQ(run_process(lint, {folder.path(), 60}).output, "");
  // A hit in every row at columns 20..24: the first window that holds them all starts at 15.
  write_text_atomically(folder.path() / "main.cc",
                        "#include \"chain.h\"\n#include <cstdio>\nint main() { std::uint8_t h[150] = {};\n"
                        "for (int i = 0; i < 15; ++i) h[i / 5 * 50 + 20 + i % 5] = 1;\n"
                        "std::printf(\"%d\", chain_head::decide(h).start); }\n");
  const ProcessResult model =
      run_process({"g++", "-std=c++17", "-Wall", "-Werror", "-o", "model", "main.cc"}, {folder.path(), 120});
  ASSERT_EQ(model.status, 0) << model.output;
  EXPECT_EQ(run_process({(folder.path() / "model").string()}, {folder.path(), 60}).output, "15");
}

TEST(VerifyChain, TestbenchCppModelAndLintPass) {
  expect_files_work(small_network());
  expect_files_work(pt_network());
}

}  // namespace
}  // namespace lutra
