#include "chain/window_search.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/artifact.h"
#include "base/error.h"
#include "base/process.h"
#include "base/random.h"
#include "base/temporary.h"
#include "chain/window_search_rtl.h"
#include "ir/check.h"

namespace lutra {
namespace {

using Image = std::vector<int>;  // [rows][cols]

struct Found {
  int start = 0, hits = -1;
  std::vector<std::int64_t> cells;
};

/// By the definition: the first window with the most hits, then hits per cell.
Found search(const WindowSearchShape& s, const Image& image) {
  const auto at = [&](int r, int c) { return image[static_cast<std::size_t>(r * s.cols + c)]; };
  Found best;
  for (int start = 0; start + s.window <= s.cols; start += s.stride) {
    int hits = 0;
    for (int r = 0; r < s.rows; ++r)
      for (int c = 0; c < s.window; ++c) hits += at(r, start + c);
    if (hits > best.hits) best = {start, hits, {}};
  }
  for (int r = 0; r < s.rows; r += s.pool_rows)
    for (int c = 0; c < s.window; c += s.pool_cols) {
      std::int64_t cell = 0;
      for (int i = 0; i < s.pool_rows * s.pool_cols; ++i)
        cell += at(r + i / s.pool_cols, best.start + c + i % s.pool_cols);
      best.cells.push_back(cell);
    }
  return best;
}

/// Sparse, dense, empty, full and ambiguous images.
Image random_image(const WindowSearchShape& s, std::uint64_t seed) {
  Random random(seed, RandomStream::verify, 0);
  const double density = seed == 0 ? 0 : seed == 1 ? 1 : random.chance(0.5) ? 0.01 : random.uniform();
  Image image(static_cast<std::size_t>(s.rows * s.cols));
  for (int& hit : image) hit = random.chance(density) ? 1 : 0;
  return image;
}

const std::vector<WindowSearchShape>& shapes() {
  static const std::vector<WindowSearchShape> all{
      {},
      {.stride = 4},
      {.stride = 8, .cell_groups = 1},
      {.stride = 32},                                                            // one window per chunk
      {.rows = 3, .cols = 48, .window = 16, .stride = 2, .interval_cycles = 6},  //
      {.rows = 2, .cols = 24, .window = 8, .pool_rows = 2, .pool_cols = 1, .interval_cycles = 3},
      {.rows = 7, .cols = 32, .window = 32, .pool_cols = 4, .interval_cycles = 4},  // one window
      {.rows = 3, .cols = 50, .window = 14, .stride = 3, .interval_cycles = 4},     // nothing divides anything
      {.rows = 4, .cols = 41, .window = 7, .stride = 5, .pool_cols = 7, .interval_cycles = 3},
      {.rows = 10, .cols = 20, .window = 6, .interval_cycles = 1},  // the whole image at once
      {.rows = 1, .cols = 30, .window = 4, .stride = 4, .interval_cycles = 1},
      {.rows = 16, .cols = 37, .window = 2, .interval_cycles = 5},                 // chunks wider than the window
      {.rows = 5, .cols = 33, .window = 20, .stride = 7, .interval_cycles = 30}};  // longer interval than columns
  return all;
}

TEST(WindowSearch, ProgramsFindTheFirstLargestWindow) {
  for (const WindowSearchShape& s : shapes()) {
    const Program chunks = chunk_program(s), cells = cell_program(s);
    check_program(chunks, "chunks");
    check_program(cells, "cells");
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      const Image image = random_image(s, seed);
      const Found expected = search(s, image);
      const FoundWindow found = run_window_search(s, chunks, cells, {image.begin(), image.end()});
      ASSERT_EQ(found.start, expected.start) << s.cols << " columns, window " << s.window << ", seed " << seed;
      ASSERT_EQ(found.cells, expected.cells);
    }
  }
}

RC_GTEST_PROP(WindowSearch, AnyShapeFindsTheFirstLargestWindow, ()) {
  WindowSearchShape s;
  s.rows = *rc::gen::inRange(1, 12);
  s.cols = *rc::gen::inRange(2, 60);
  s.window = *rc::gen::inRange(1, s.cols + 1);
  s.stride = *rc::gen::inRange(1, 9);
  s.pool_cols = s.window % 2 == 0 ? 2 : 1;
  s.interval_cycles = *rc::gen::inRange(1, 14);
  s.cell_groups = *rc::gen::inRange(1, 5);
  const Program chunks = chunk_program(s), cells = cell_program(s);
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const Image image = random_image(s, seed);
    const Found expected = search(s, image);
    const FoundWindow found = run_window_search(s, chunks, cells, {image.begin(), image.end()});
    RC_ASSERT(found.start == expected.start);
    RC_ASSERT(found.cells == expected.cells);
  }
}

/// Every image there is, so every tie.
TEST(WindowSearch, EveryImageOfASmallDetector) {
  for (const WindowSearchShape& s :
       std::vector<WindowSearchShape>{{.rows = 1, .cols = 11, .window = 3, .pool_cols = 1, .interval_cycles = 3},
                                      {.rows = 1, .cols = 10, .window = 4, .stride = 2, .interval_cycles = 4},
                                      {.rows = 2, .cols = 5, .window = 2, .interval_cycles = 2},
                                      {.rows = 1, .cols = 11, .window = 2, .stride = 3, .interval_cycles = 2}}) {
    const Program chunks = chunk_program(s), cells = cell_program(s);
    for (unsigned pattern = 0; pattern < 1u << (s.rows * s.cols); ++pattern) {
      Image image;
      for (int i = 0; i < s.rows * s.cols; ++i) image.push_back(static_cast<int>(pattern >> i & 1));
      const Found expected = search(s, image);
      const FoundWindow found = run_window_search(s, chunks, cells, {image.begin(), image.end()});
      ASSERT_EQ(found.start, expected.start) << s.cols << " columns, window " << s.window << ", image " << pattern;
      ASSERT_EQ(found.cells, expected.cells);
    }
  }
}

TEST(WindowSearch, RefusesImpossibleShapes) {
  EXPECT_THROW(chunk_program({.window = 385}), Error);
  EXPECT_THROW(chunk_program({.pool_rows = 2}), Error);
  EXPECT_THROW(cell_program({.pool_cols = 3}), Error);
  EXPECT_THROW(chunk_program({.rows = 0}), Error);
  EXPECT_THROW(chunk_program({.cols = 1 << 20}), Error);
}

/// A stage per value, to have many.
Schedule deep_schedule(const Program& program) {
  Schedule s;
  int i = 0;
  for (const Value& v : program.values) {
    int stage = 0;
    for (const Operand& o : v.args) stage = std::max(stage, s.stage[static_cast<std::size_t>(o.value)]);
    const bool fixed = v.op == Opcode::input || v.op == Opcode::constant || v.op == Opcode::previous;
    s.stage.push_back(fixed ? stage : stage + (++i % 3 == 0 ? 1 : 0));
    s.stages = std::max(s.stages, s.stage.back() + 1);
  }
  return s;
}

std::string bits_of(const std::vector<std::int64_t>& chunk) {
  std::string bits;
  for (std::size_t i = chunk.size(); i-- > 0;) bits += chunk[i] != 0 ? '1' : '0';
  return bits;
}

std::string hex_of(const std::vector<std::int64_t>& cells, int bits) {
  std::string binary;
  for (std::size_t i = cells.size(); i-- > 0;)
    for (int b = bits; b-- > 0;) binary += (cells[i] >> b & 1) != 0 ? '1' : '0';
  return binary;
}

/// Images as fast as the shape allows, with a gap now and then.
void expect_rtl_agrees(const WindowSearchShape& s) {
  const TemporaryFolder folder;
  const Program chunks = chunk_program(s), cells = cell_program(s);
  const WindowSearchFiles files =
      write_window_search(folder.path(), s, {chunks, cells, deep_schedule(chunks), deep_schedule(cells)}, "finder");
  const std::string in_bits = std::to_string(s.rows * s.chunk());
  const auto range = [](int bits) { return "[" + std::to_string(bits - 1) + ":0] "; };
  std::string bench =
      "module tb;\n  logic clk = 0, rst = 1, v = 0, f = 0, ov; logic " + range(s.rows * s.chunk()) + "d = 0; logic " +
      range(s.start_bits()) + "st; logic " + range(s.cells() * s.cell_bits()) +
      "o;\n  finder dut (.clk(clk), .rst(rst), .in_valid(v), .in_first(f), .in_data(d), " +
      ".out_valid(ov), .out_start(st), .out_data(o));\n  always #1 clk = ~clk;\n" +
      "  always @(negedge clk) if (ov) $display(\"%0d %b\", st, o);\n  initial begin\n    #8 rst = 0;\n";
  std::string expected;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Image image = random_image(s, seed);
    for (int k = 0; k < s.chunks(); ++k)
      bench += "    #2 v = 1; f = " + std::to_string(k == 0 ? 1 : 0) + "; d = " + in_bits + "'b" +
               bits_of(chunk_hits(s, {image.begin(), image.end()}, k)) + ";\n";
    if (seed % 3 == 0) bench += "    #2 v = 0; d = ~d; f = 1; #6;\n";
    const Found found = search(s, image);
    expected += std::to_string(found.start) + " " + hex_of(found.cells, s.cell_bits()) + "\n";
  }
  write_text_atomically(folder.path() / "tb.sv", bench + "    #2 v = 0; #600 $finish;\n  end\nendmodule\n");
  std::vector<std::string> command{"iverilog", "-g2012", "-o", "sim"};
  command.insert(command.end(), files.files.begin(), files.files.end());
  command.push_back("tb.sv");
  const ProcessResult built = run_process(command, {folder.path(), 60});
  ASSERT_EQ(built.status, 0) << built.output;
  EXPECT_EQ(run_process({"vvp", "-n", "sim"}, {folder.path(), 60}).output, expected);
  std::vector<std::string> lint{"verilator", "--lint-only", "-Wall", "--top-module", "finder"};
  lint.insert(lint.end(), files.files.begin(), files.files.end());
  EXPECT_EQ(run_process(lint, {folder.path(), 60}).output, "");
}

TEST(WindowSearch, RtlAgreesImageByImage) {
  expect_rtl_agrees({.rows = 3, .cols = 48, .window = 16, .stride = 2, .interval_cycles = 6});
  expect_rtl_agrees({.rows = 3, .cols = 50, .window = 14, .stride = 3, .interval_cycles = 4, .cell_groups = 2});
  expect_rtl_agrees({.rows = 4, .cols = 20, .window = 6, .interval_cycles = 1});
  expect_rtl_agrees({.rows = 2, .cols = 40, .window = 8, .stride = 4, .interval_cycles = 10, .cell_groups = 1});
}

}  // namespace
}  // namespace lutra
