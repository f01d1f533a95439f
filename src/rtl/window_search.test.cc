#include "rtl/window_search.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "base/artifact.h"
#include "base/error.h"
#include "base/process.h"
#include "base/random.h"
#include "ir/check.h"
#include "ir/interpret.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
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

std::vector<std::vector<std::int64_t>> chunks_of(const WindowSearchShape& s, const Image& image) {
  std::vector<std::vector<std::int64_t>> chunks;
  const int width = s.columns_per_clock();
  for (int k = 0; k < s.chunks(); ++k) {
    auto& chunk = chunks.emplace_back();
    for (int r = 0; r < s.rows; ++r)
      for (int c = 0; c < width; ++c) chunk.push_back(image[static_cast<std::size_t>(r * s.cols + k * width + c)]);
    chunk.push_back(k == s.chunks_per_window() - 1 ? 1 : 0);
  }
  return chunks;
}

const std::vector<WindowSearchShape>& shapes() {
  static const std::vector<WindowSearchShape> all{
      {},
      {.stride = 4},
      {.rows = 3, .cols = 48, .window = 16, .stride = 2, .interval_cycles = 6},
      {.rows = 2, .cols = 24, .window = 8, .pool_rows = 2, .pool_cols = 1, .interval_cycles = 3},
      {.rows = 7, .cols = 32, .window = 32, .pool_cols = 4, .interval_cycles = 4}};
  return all;
}

TEST(WindowSearch, ProgramFindsTheFirstLargestWindow) {
  for (const WindowSearchShape& s : shapes()) {
    const Program p = window_search_program(s);
    check_program(p, "search");
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      const Image image = random_image(s, seed);
      const auto outputs = interpret_stream(p, chunks_of(s, image));
      Found best;
      for (int k = s.chunks_per_window() - 1; k < s.chunks(); ++k) {
        const auto& out = outputs[static_cast<std::size_t>(k)];
        if (out[1] <= best.hits) continue;
        best.hits = static_cast<int>(out[1]);
        best.start = (k - s.chunks_per_window()) * s.columns_per_clock() + s.stride * (static_cast<int>(out[2]) + 1);
        best.cells = {out.begin() + 3, out.end()};
      }
      const Found expected = search(s, image);
      ASSERT_EQ(best.start, expected.start) << "seed " << seed;
      EXPECT_EQ(best.hits, expected.hits);
      EXPECT_EQ(best.cells, expected.cells);
    }
  }
}

TEST(WindowSearch, RefusesWhatItCannotTile) {
  EXPECT_THROW(window_search_program({.window = 30}), Error);
  EXPECT_THROW(window_search_program({.stride = 3}), Error);
  EXPECT_THROW(window_search_program({.rows = 0}), Error);
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
  for (std::size_t i = chunk.size() - 1; i-- > 0;) bits += chunk[i] != 0 ? '1' : '0';
  return bits;
}

TEST(WindowSearch, RtlAgreesImageByImage) {
  const WindowSearchShape s{.rows = 3, .cols = 48, .window = 16, .stride = 2, .interval_cycles = 6};
  const fs::path folder = fs::temp_directory_path() / ("lutra_search_" + std::to_string(getpid()));
  fs::create_directories(folder);
  const Program p = window_search_program(s);
  const WindowSearchFiles files = write_window_search(folder, s, p, deep_schedule(p), "finder", true);
  std::string bench =
      "module tb;\n  logic clk = 0, rst = 1, v = 0, f = 0, ov; logic [23:0] d = 0; logic [" +
      std::to_string(files.start_bits - 1) + ":0] st; logic [5:0] h; logic [47:0] o;\n" +
      "  finder dut (.clk(clk), .rst(rst), .in_valid(v), .in_first(f), .in_data(d), .out_valid(ov), " +
      ".out_start(st), .out_hits(h), .out_data(o));\n  always #1 clk = ~clk;\n" +
      "  always @(negedge clk) if (ov) $display(\"%0d %0d %h\", st, h, o);\n  initial begin\n    #8 rst = 0;\n";
  std::string expected;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Image image = random_image(s, seed);
    const auto chunks = chunks_of(s, image);
    for (std::size_t k = 0; k < chunks.size(); ++k)
      bench += "    #2 v = 1; f = " + std::to_string(k == 0 ? 1 : 0) + "; d = 24'b" + bits_of(chunks[k]) + ";\n";
    if (seed % 3 == 0) bench += "    #2 v = 0; #6;\n";
    const Found found = search(s, image);
    std::uint64_t cells = 0;
    for (std::size_t i = found.cells.size(); i-- > 0;) cells = cells << 2 | static_cast<std::uint64_t>(found.cells[i]);
    char line[64];
    std::snprintf(line, sizeof line, "%d %d %012llx\n", found.start, found.hits,
                  static_cast<unsigned long long>(cells));
    expected += line;
  }
  write_text_atomically(folder / "tb.sv", bench + "    #2 v = 0; #300 $finish;\n  end\nendmodule\n");
  std::vector<std::string> command{"iverilog", "-g2012", "-o", "sim"};
  command.insert(command.end(), files.files.begin(), files.files.end());
  command.push_back("tb.sv");
  const ProcessResult built = run_process(command, {folder, 60});
  ASSERT_EQ(built.status, 0) << built.output;
  EXPECT_EQ(run_process({"vvp", "-n", "sim"}, {folder, 60}).output, expected);
  std::vector<std::string> lint{"verilator", "--lint-only", "-Wall", "--top-module", "finder"};
  lint.insert(lint.end(), files.files.begin(), files.files.end());
  EXPECT_EQ(run_process(lint, {folder, 60}).output, "");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace lutra
