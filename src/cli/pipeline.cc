#include "cli/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "base/artifact.h"
#include "base/contract.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/version.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;
constexpr ArtifactKind record_kind{"stage", 1};

std::string hash_file(const fs::path& path) {
  StreamHash hash;
  std::ifstream in(path, std::ios::binary);
  std::vector<char> buffer(1 << 20);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    hash.add(buffer.data(), static_cast<std::size_t>(in.gcount()));
  return hex(hash.digest());
}

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

/// The key of a stage names everything its outputs are a function of.
std::map<std::string, std::string> stage_keys(const std::vector<Stage>& stages) {
  std::map<std::string, std::string> keys;
  for (const Stage& stage : stages) {
    std::string content = code_version() + "\n" + stage.name + "\n" + stage.config.dump();
    for (const std::string& upstream : stage.after) {
      expects(keys.contains(upstream), "a stage comes after the stages it reads");
      content += "\n" + keys.at(upstream);
    }
    keys[stage.name] = hex(hash_bytes(content));
  }
  return keys;
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

}  // namespace

void run_pipeline(const fs::path& folder, const std::vector<Stage>& stages, const Session& session) {
  const auto keys = stage_keys(stages);
  int number = 0;
  for (const Stage& stage : stages) {
    const std::string title = fmt::format("[{}/{}] {}", ++number, stages.size(), stage.name);
    if (is_up_to_date(folder, stage, keys.at(stage.name))) {
      session.say(title + ": up to date");
      continue;
    }
    session.say(title);
    run_stage(folder, stage, keys.at(stage.name));
  }
}

std::vector<std::string> stale_stages(const fs::path& folder, const std::vector<Stage>& stages) {
  const auto keys = stage_keys(stages);
  std::vector<std::string> stale;
  for (const Stage& stage : stages)
    if (!is_up_to_date(folder, stage, keys.at(stage.name))) stale.push_back(stage.name);
  return stale;
}

}  // namespace lutra
