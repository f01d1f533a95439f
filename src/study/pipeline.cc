#include "study/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>

#include "base/artifact.h"
#include "base/contract.h"
#include "base/duration.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/version.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
constexpr ArtifactKind record_kind{"stage", 1};

/// Hash of a file, or of every file below a folder with their names; empty when it is not there.
std::string hash_output(const fs::path& path) {
  if (fs::is_regular_file(path)) return hash_file(path);
  if (!fs::is_directory(path)) return "";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::string all;
  for (const fs::path& file : files) all += fs::relative(file, path).string() + " " + hash_file(file) + "\n";
  return hex(hash_bytes(all));
}

fs::path record_path(const fs::path& folder, const Stage& stage) { return folder / ".stages" / (stage.name + ".json"); }

Json output_hashes(const fs::path& folder, const Stage& stage) {
  Json hashes = Json::object();
  for (const fs::path& output : stage.outputs) hashes[output.string()] = hash_output(folder / output);
  return hashes;
}

bool is_up_to_date(const fs::path& folder, const Stage& stage, const std::string& key) {
  try {
    const JsonArtifact record = read_json_artifact(record_path(folder, stage), record_kind);
    return record.body.value("key", "") == key && record.body.value("outputs", Json()) == output_hashes(folder, stage);
  } catch (const Error&) {
    return false;  // no record, or one that was cut off: the stage runs again
  }
}

/// "0.1.0" of "0.1.0 (a1b2c3d)": between two releases it is the versions of the stages that tell what changed.
std::string release() { return code_version().substr(0, code_version().find(' ')); }

/// Hashes of the outputs of the stages that were looked at so far.
using Made = std::map<std::string, Json>;

/// The key of a stage names everything its outputs are a function of.
std::string key_of(const Stage& stage, const Made& made) {
  std::string content = fmt::format("{}\n{} {}\n{}", release(), stage.name, stage.version, json_text(stage.config));
  for (const std::string& upstream : stage.after) {
    expects(made.contains(upstream), "a stage comes after the stages it reads");
    content += "\n" + made.at(upstream).dump();
  }
  return hex(hash_bytes(content));
}

void run_stage(const fs::path& folder, const Stage& stage, const std::string& key) {
  std::error_code ignored;
  fs::remove(record_path(folder, stage), ignored);
  stage.run();
  const Json hashes = output_hashes(folder, stage);
  for (const auto& [output, hash] : hashes.items())
    expects(!hash.get<std::string>().empty(), "a stage leaves its outputs");
  write_json_artifact(record_path(folder, stage), record_kind, stage.config, {{"key", key}, {"outputs", hashes}});
}

/// "students" of "students/4bit-seed1"; a stage without a folder in its name is alone in its group.
std::string group_of(const Stage& stage) { return stage.name.substr(0, stage.name.rfind('/')); }

/// How long stages that are much alike (a grid of trainings) took, to tell how long the rest will take.
class Pace {
 public:
  explicit Pace(const std::vector<Stage>& stages) {
    for (const Stage& stage : stages) ++left_[group_of(stage)];
  }
  void skip(const Stage& stage) { --left_[group_of(stage)]; }
  void done(const Stage& stage, double seconds) {
    --left_[group_of(stage)];
    ++done_[group_of(stage)];
    seconds_[group_of(stage)] += seconds;
  }
  /// ", 20 such left, about 5 min": empty when nothing is known.
  std::string text(const Stage& stage) const {
    const std::string group = group_of(stage);
    if (!done_.contains(group) || left_.at(group) < 2) return "";
    const double each = seconds_.at(group) / done_.at(group);
    return fmt::format(", {} such left, about {}", left_.at(group), duration_text(each * left_.at(group)));
  }

 private:
  std::map<std::string, int> left_, done_;
  std::map<std::string, double> seconds_;
};

}  // namespace

std::string hash_file(const fs::path& path) {
  StreamHash hash;
  std::ifstream in(path, std::ios::binary);
  std::vector<char> buffer(1 << 20);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    hash.add(buffer.data(), static_cast<std::size_t>(in.gcount()));
  return hex(hash.digest());
}

void run_pipeline(const fs::path& folder, const std::vector<Stage>& stages, const Context& context) {
  using Clock = std::chrono::steady_clock;
  Made made;
  Pace pace(stages);
  int number = 0;
  for (const Stage& stage : stages) {
    context.stop_if_asked();
    const std::string title = fmt::format("[{}/{}] {}", ++number, stages.size(), stage.name);
    const std::string key = key_of(stage, made);
    if (is_up_to_date(folder, stage, key)) {
      context.say(title + ": up to date");
      pace.skip(stage);
    } else {
      context.say(title + pace.text(stage));
      const auto start = Clock::now();
      run_stage(folder, stage, key);
      pace.done(stage, std::chrono::duration<double>(Clock::now() - start).count());
    }
    made[stage.name] = output_hashes(folder, stage);
  }
}

}  // namespace lutra
