#include "verify/verify_software.h"

#include <algorithm>
#include <atomic>
#include <cstring>

#include "base/artifact.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/process.h"
#include "base/shared_progress.h"
#include "base/temporary.h"
#include "base/tool_output.h"
#include "ir/interpret.h"
#include "ir/unroll_clocks.h"
#include "verify/network_stream.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t piece_events = 8192;
constexpr double build_timeout_s = 1800;

/// Reads events from its first argument, writes the model's outputs to its second: numbers as in memory.
std::string driver_of(const Design& design) {
  return "#include <cstdio>\n#include \"model.h\"\nnamespace model = " + design.top + R"(;
int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::FILE* in = std::fopen(argv[1], "rb");
  std::FILE* out = std::fopen(argv[2], "wb");
  if (!in || !out) return std::perror("cannot open"), 3;
  static std::int64_t x[model::inputs], y[model::outputs];
  while (std::fread(x, sizeof x, 1, in) == 1) {
    model::evaluate(x, y);
    if (std::fwrite(y, sizeof y, 1, out) != 1) return std::perror("cannot write"), 4;
  }
  if (std::fclose(out) != 0) return std::perror("cannot write"), 4;
  return 0;
}
)";
}

/// model.h, built by the compiler a user would take.
class CppModel {
 public:
  CppModel(const Design& design, const fs::path& folder, const Progress& progress) {
    write_text_atomically(work_ / "model.h", read_text(folder / "model.h"));
    write_text_atomically(work_ / "driver.cc", driver_of(design));
    const auto tick = [&] { progress("building the C++ model", 0, 1); };
    const ProcessResult result = run_process({"g++", "-std=c++17", "-O1", "-o", "driver", "driver.cc"},
                                             {.directory = work_.path(), .timeout_s = build_timeout_s, .tick = tick});
    if (result.status != 0)
      throw tool_error("the C++ model cannot be built", result, work_.path(), "Compile the network again");
    progress("building the C++ model", 1, 1);
  }

  std::vector<std::int64_t> run(const std::vector<std::int64_t>& inputs, std::size_t outputs,
                                const std::function<void()>& tick) const {
    const TemporaryFolder files;
    const char* bytes = reinterpret_cast<const char*>(inputs.data());
    write_text_atomically(files / "in", std::string(bytes, inputs.size() * sizeof(std::int64_t)));
    const ProcessResult result =
        run_process({(work_ / "driver").string(), (files / "in").string(), (files / "out").string()}, {.tick = tick});
    if (result.status != 0) throw tool_error("the C++ model stopped", result, files.path(), "");
    const std::string answer = read_text(files / "out", 1ull << 33);
    if (answer.size() != outputs * sizeof(std::int64_t)) throw Error("the C++ model stopped", result.output, "");
    std::vector<std::int64_t> values(outputs);
    std::memcpy(values.data(), answer.data(), answer.size());
    return values;
  }

 private:
  TemporaryFolder work_;
};

std::vector<std::int64_t> interpret_all(const Program& program, const std::vector<std::int64_t>& inputs) {
  const auto width = static_cast<std::size_t>(program.inputs);
  std::vector<std::int64_t> outputs;
  for (std::size_t at = 0; at < inputs.size(); at += width) {
    const std::vector<std::int64_t> event = interpret(program, std::span(inputs).subspan(at, width));
    outputs.insert(outputs.end(), event.begin(), event.end());
  }
  return outputs;
}

std::uint64_t wrong_events(const std::vector<std::int64_t>& got, const std::vector<std::int64_t>& expected,
                           std::size_t width) {
  std::uint64_t wrong = 0;
  for (std::size_t at = 0; at < expected.size(); at += width)
    wrong += std::memcmp(&got[at], &expected[at], width * sizeof(std::int64_t)) != 0 ? 1 : 0;
  return wrong;
}

}  // namespace

SoftwareResult verify_software(const Network& network, const Program& program, const Design& design,
                               const fs::path& folder, std::span<const std::int16_t> given,
                               const VerifyOptions& options, const Progress& progress) {
  const Evaluator evaluator(network);
  const std::unique_ptr<VerifyStream> stream = network_stream(evaluator, network, given, design, options);
  const Program timeless = unroll_clocks(program);
  const CppModel model(design, folder, progress);
  const std::uint64_t events = stream->events();
  std::atomic<std::uint64_t> cpp = 0, interpreter = 0;
  SharedProgress shared(progress, "running the models in software", events);
  parallel_for((events + piece_events - 1) / piece_events, options.threads, [&](std::size_t piece) {
    const std::uint64_t begin = piece * piece_events, end = std::min(begin + piece_events, events);
    const std::vector<std::int16_t> narrow = stream->inputs(begin, end);
    const std::vector<std::int64_t> inputs(narrow.begin(), narrow.end()), expected = stream->expected(begin, end);
    const std::size_t width = design.outputs.size();
    cpp += wrong_events(model.run(inputs, expected.size(), [&] { shared.add(0); }), expected, width);
    interpreter += wrong_events(interpret_all(timeless, inputs), expected, width);
    shared.add(end - begin);
  });
  return {events, interpreter, cpp};
}

Json software_to_json(const SoftwareResult& result) {
  return {{"events", result.events},
          {"interpreter_mismatches", result.interpreter_mismatches},
          {"cpp_mismatches", result.cpp_mismatches}};
}

}  // namespace lutra
