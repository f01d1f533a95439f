#include "synth/yosys.h"

#include <fstream>

#include "base/artifact.h"
#include "base/file_error.h"
#include "base/process.h"
#include "base/tool_output.h"
#include "rtl/design_files.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// A line of the log that tells that a step is done.
constexpr const char* step_mark = "lutra-step ";

std::string script_text(const std::vector<std::string>& steps) {
  std::string text;
  for (std::size_t i = 0; i < steps.size(); ++i) text += steps[i] + "\nlog " + step_mark + std::to_string(i + 1) + "\n";
  return text;
}

/// Follows the log of a running Yosys and counts the marks of finished steps.
class StepCounter {
 public:
  explicit StepCounter(fs::path log) : log_(std::move(log)) {}
  std::size_t count() {
    std::ifstream in(log_);
    in.seekg(position_);
    for (std::string line; std::getline(in, line) && !in.eof();) {
      position_ += static_cast<std::streamoff>(line.size()) + 1;
      steps_ += line.starts_with(step_mark);
    }
    return steps_;
  }

 private:
  fs::path log_;
  std::streamoff position_ = 0;
  std::size_t steps_ = 0;
};

}  // namespace

void run_yosys(const YosysJob& job, const fs::path& work, double timeout_s, const Progress& progress) {
  const fs::path script = job.name + ".ys", log = job.name + ".log";
  write_text_atomically(work / script, script_text(job.steps));
  remove_tree(work / log);
  // -formal only means that Yosys defines FORMAL instead of SYNTHESIS.
  const char* frontend = job.portable ? "verilog -sv -formal" : "verilog -sv";
  std::vector<std::string> command = {"yosys", "-q", "-l", log.string(), "-f", frontend};
  for (const std::string& file : copy_sources(job.files, work)) command.push_back(file);
  command.insert(command.end(), {"-s", script.string()});
  StepCounter counter(work / log);
  const auto tick = [&] { progress(job.name, counter.count(), job.steps.size()); };
  const ProcessResult result = run_process(command, {.directory = work, .timeout_s = timeout_s, .tick = tick});
  if (result.status != 0) throw tool_error("Yosys cannot do the " + job.name, result, work, "");
  check_space(work);
  progress(job.name, job.steps.size(), job.steps.size());
}

std::string yosys_version() {
  const std::string output = run_process({"yosys", "-V"}).output;
  return output.substr(0, output.find('\n'));
}

}  // namespace lutra
