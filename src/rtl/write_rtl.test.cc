#include "rtl/write_rtl.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include "base/process.h"
#include "ir/builder.h"
#include "ir/interpret.h"
#include "ir/random_program.h"
#include "ir/unroll_clocks.h"
#include "rtl/testbench.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

fs::path fresh_folder(const std::string& name) {
  const fs::path folder = fs::temp_directory_path() / ("lutra_rtl_" + name + "_" + std::to_string(getpid()));
  fs::remove_all(folder);
  return folder;
}

/// Random registers: every op may sit in its own stage, the stages just have to be in order.
Schedule random_schedule(const Program& program, std::uint64_t seed) {
  Schedule s;
  for (std::size_t i = 0; i < program.values.size(); ++i) {
    int stage = 0;
    for (const Operand& o : program.values[i].args) stage = std::max(stage, s.stage[static_cast<std::size_t>(o.value)]);
    const bool fixed = program.values[i].op == Opcode::input || program.values[i].op == Opcode::constant ||
                       program.values[i].op == Opcode::start;
    s.stage.push_back(fixed ? 0 : stage + static_cast<int>((seed >> (i % 60)) & 1));
    s.stages = std::max(s.stages, s.stage.back() + 1);
  }
  return s;
}

std::string simulate(const fs::path& folder, const Design& design) {
  std::vector<std::string> command{"iverilog", "-g2012", "-o", "sim"};
  command.insert(command.end(), design.files.begin(), design.files.end());
  command.push_back(design.testbench);
  const ProcessResult built = run_process(command, {folder, 60});
  if (built.status != 0) return built.output;
  return run_process({"vvp", "-n", "sim"}, {folder, 60}).output;
}

std::string lint(const fs::path& folder, const Design& design) {
  std::vector<std::string> command{"verilator", "--lint-only", "-Wall", "--top-module", design.top};
  command.insert(command.end(), design.files.begin(), design.files.end());
  return run_process(command, {folder, 60}).output;
}

TEST(WriteRtl, SimulatesAndLintsLikeTheInterpreterOnRandomPrograms) {
  const fs::path folder = fresh_folder("random");
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const Program p = random_program(seed * 0x9e3779b97f4a7c15u, {.inputs = 5, .values = 40});
    const Schedule s = random_schedule(p, seed * 0xd1342543de82ef95u);
    const Design design = write_rtl(folder, {p, s, 2, "hash", Json::object(), seed % 2 == 0});
    EXPECT_NE(simulate(folder, design).find("PASS 64"), std::string::npos) << "seed " << seed << "\n"
                                                                           << simulate(folder, design);
    if (seed <= 8) {
      EXPECT_EQ(lint(folder, design), "") << "seed " << seed;
    }
    fs::remove_all(folder);
  }
}

/// Four inputs one after the other: 3 x0 + x1, then x1 .. x3 likewise, all from one adder.
Program shifted_program() {
  Program frame;
  frame.name = "shifted";
  frame.inputs = 4;
  frame.input_format = {3, 0, false};
  frame.layers = {"shift", "add"};
  Builder b(std::move(frame));
  std::vector<int> in;
  for (int i = 0; i < 4; ++i) in.push_back(b.input(i));
  b.set_layer(0);
  int lane = in[3];
  for (int i = 2; i >= 0; --i) lane = b.select(b.start(), in[static_cast<std::size_t>(i)], b.previous(lane));
  b.set_layer(1);
  const int last = b.previous(b.start(), 3);  // nothing behind the last input
  const int sum = b.sum({{b.previous(lane), 1}, {b.previous(lane)}, {b.select(last, b.constant(0, 0), lane)}}, 0, 0);
  for (int i = 0; i < 3; ++i) b.output(b.previous(sum, 2 - i), {5, 0, false});
  b.set_clocks(4, 3);
  return std::move(b).finish();
}

TEST(WriteRtl, SharedHardwareSimulatesLikeTheInterpreter) {
  const Program p = shifted_program();
  EXPECT_EQ(interpret(p, std::vector<std::int64_t>{1, 2, 3, 7}), (std::vector<std::int64_t>{5, 9, 9}));
  EXPECT_EQ(interpret(unroll_clocks(p), std::vector<std::int64_t>{1, 2, 3, 7}), (std::vector<std::int64_t>{5, 9, 9}));
  const fs::path folder = fresh_folder("shared");
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const Schedule s = random_schedule(p, seed * 0xd1342543de82ef95u);
    const Design design = write_rtl(folder, {p, s, 2, "", Json::object(), false});
    EXPECT_EQ(design.interval_cycles, 4);
    EXPECT_EQ(design.latency_cycles, s.stages + 3);
    EXPECT_NE(simulate(folder, design).find("PASS 64"), std::string::npos) << simulate(folder, design);
    EXPECT_EQ(lint(folder, design), "");
  }
  fs::remove_all(folder);
}

TEST(WriteRtl, TestbenchFindsAWrongOutput) {
  const fs::path folder = fresh_folder("wrong");
  const Program p = random_program(7);
  const Design design = write_rtl(folder, {p, random_schedule(p, 0), 2, "", Json::object()});
  std::string expected = read_text(folder / output_vectors_file);
  expected[0] = expected[0] == '0' ? '1' : '0';
  write_text_atomically(folder / output_vectors_file, expected);
  EXPECT_NE(simulate(folder, design).find("FAIL at event 0"), std::string::npos);
  fs::remove_all(folder);
}

TEST(WriteRtl, CppModelComputesTheSameIntegers) {
  const fs::path folder = fresh_folder("model");
  const Program p = random_program(11, {.values = 80});
  const Design design = write_rtl(folder, {p, random_schedule(p, 5), 2, "", Json::object()});
  const auto events = random_events(p, 3, 20);
  std::string main =
      "#include \"model.h\"\nint main() {\n  std::int64_t out[" + std::to_string(p.outputs.size()) + "];\n";
  for (const auto& event : events) {
    main += "  { const std::int64_t in[] = {";
    for (const std::int64_t x : event) main += std::to_string(x) + ",";
    main += "};\n    " + design.top + "::evaluate(in, out);\n";
    const auto expected = interpret(p, event);
    for (std::size_t i = 0; i < expected.size(); ++i)
      main += "    if (out[" + std::to_string(i) + "] != " + std::to_string(expected[i]) + ") return 1;\n";
    main += "  }\n";
  }
  write_text_atomically(folder / "main.cc", main + "  return 0;\n}\n");
  const ProcessResult built =
      run_process({"g++", "-std=c++17", "-Wall", "-Werror", "-o", "check", "main.cc"}, {folder, 60});
  ASSERT_EQ(built.status, 0) << built.output;
  EXPECT_EQ(run_process({(folder / "check").string()}, {folder, 60}).status, 0);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace lutra
