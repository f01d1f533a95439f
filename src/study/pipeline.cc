#include "study/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <map>
#include <optional>

#include "base/artifacts.h"
#include "base/contract.h"
#include "base/duration.h"
#include "base/file_error.h"
#include "base/hash.h"
#include "base/version.h"
#include "study/stage_files.h"
#include "study/stage_order.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
constexpr ArtifactKind record_kind = artifact_kind("stage");

fs::path record_path(const fs::path& folder, const Stage& stage) { return folder / ".stages" / (stage.name + ".json"); }

fs::path work_root(const fs::path& folder) { return folder / ".stages" / "work"; }

/// What the stage wrote when it last ran, if that was with this key and is still there. Files that others put into its
/// folders do not matter.
std::optional<Json> recorded_outputs(const fs::path& folder, const Stage& stage, const std::string& key) {
  try {
    const JsonArtifact record = read_json_artifact(record_path(folder, stage), record_kind);
    if (json_get<std::string>(record.body, "key", "record") != key) return {};
    const Json outputs = json_get<Json>(record.body, "outputs", "record");
    for (const auto& [file, hash] : outputs.items())
      if (hash != hash_file(folder / file)) return {};
    return outputs;
  } catch (const Error&) {
    return {};  // no record, or one that was cut off, or a file is gone: the stage runs again
  }
}

/// "0.1.0" of "0.1.0 (a1b2c3d)": between two releases it is the versions of the stages that tell what changed.
std::string release() { return code_version().substr(0, code_version().find(' ')); }

/// File -> hash, of everything that the stages that were looked at so far wrote.
using Made = std::map<fs::path, std::string>;

void add(Made& made, const Json& outputs) {
  for (const auto& [file, hash] : outputs.items()) made[file] = hash.get<std::string>();
}

/// The key of a stage names everything its outputs are a function of.
std::string key_of(const Stage& stage, const Made& made) {
  std::string content = fmt::format("{}\n{} {}\n{}", release(), stage.name, stage.version, json_text(stage.config));
  for (const fs::path& read : stage.reads)
    for (const auto& [file, hash] : made)
      if (lies_in(file, read)) content += "\n" + file.lexically_relative(read).string() + " " + hash;
  return hex(hash_bytes(content));
}

/// Returns the hashes of what it wrote.
Json run_stage(const Lease& lease, const Stage& stage, const std::string& key, const std::vector<Stage>& all,
               const Context& context) {
  const fs::path &folder = lease.folder(), work = work_root(folder) / key;
  if (!stage.resumes) remove_tree(work);
  make_folder(work);
  stage.run({folder, stage.reads}, work);
  remove_leftovers(work);
  const Json hashes = output_hashes(work, stage);
  const bool is_final = !stage.is_final || stage.is_final(work);
  lease.check();
  remove_tree(record_path(folder, stage));
  put_in_place(work, folder, work_root(folder) / "old", stage, all);
  if (is_final)
    write_json_artifact(record_path(folder, stage), record_kind, stage.config, {{"key", key}, {"outputs", hashes}});
  else
    context.say(stage.name + ": a check could not be made; the next run tries again");
  return hashes;
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

fs::path StageInputs::operator()(const fs::path& path) const {
  expects(std::ranges::find(paths_, path) != paths_.end(),
          ("that a stage names what it reads: " + path.string()).c_str());
  return folder_ / path;
}

Stage given_file(const std::string& name, const fs::path& file) {
  const fs::path path = fs::absolute(file);
  return {name, {}, {path}, Json::object(), [path](const StageInputs&, const fs::path&) { check_readable(path); }};
}

void run_pipeline(const Lease& lease, const std::vector<Stage>& all, const Context& context) {
  using Clock = std::chrono::steady_clock;
  const std::vector<Stage> stages = in_order(all);
  Made made;
  Pace pace(stages);
  int number = 0;
  for (const Stage& stage : stages) {
    context.stop_if_asked();
    const std::string title = fmt::format("[{}/{}] {}", ++number, stages.size(), stage.name);
    const std::string key = key_of(stage, made);
    if (const auto outputs = recorded_outputs(lease.folder(), stage, key)) {
      context.say(title + ": up to date");
      pace.skip(stage);
      add(made, *outputs);
      continue;
    }
    context.say(title + pace.text(stage));
    const auto start = Clock::now();
    add(made, run_stage(lease, stage, key, stages, context));
    pace.done(stage, std::chrono::duration<double>(Clock::now() - start).count());
  }
  remove_tree(work_root(lease.folder()));
}

}  // namespace lutra
