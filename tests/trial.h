#pragma once
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "base/artifact.h"
#include "lutra_run.h"

/// What the tests of faults and kills share: a study that runs in seconds, and what a folder must look like afterwards.
namespace lutra {

inline constexpr const char* trial_study = R"(
name = "trial"
seed = 7
events = 4000
[fragmentation]
windows = []
[teacher.train]
epochs = 1
train_events = 1500
batch_events = 64
checkpoint_steps = 5
[student]
bits = 4
output_bits = 8
float_epochs = 2
[[student.layer]]
op = "max_pool"
kernel_rows = 9
kernel_cols = 2
stride_rows = 9
stride_cols = 2
[[student.layer]]
op = "dense"
channels = 2
[[student.layer]]
op = "dense"
channels = 0
[student.distill]
hint = []
[student.train]
epochs = 4
batch_events = 128
checkpoint_steps = 7
[verify]
events = 100
random_events = 100
[report]
displayed_events = 2
)";

/// Name -> bytes of the files of a run that count: not those of work in progress.
inline std::map<std::string, std::string> files_of_run(const std::filesystem::path& run) {
  std::map<std::string, std::string> files;
  if (!std::filesystem::exists(run)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(run)) {
    const std::string name = std::filesystem::relative(entry.path(), run).string();
    const bool in_work = name.starts_with(".stages/work/") || entry.path().filename().string().starts_with(".lutra-");
    if (entry.is_regular_file() && !in_work) files[name] = read_text(entry.path());
  }
  return files;
}

/// Names of files of a run that are not in the good one, or have other bytes; empty when there are none.
inline std::string wrong_files(const std::filesystem::path& run, const std::map<std::string, std::string>& good) {
  std::string wrong;
  for (const auto& [name, bytes] : files_of_run(run)) {
    const auto found = good.find(name);
    if (found == good.end() || found->second != bytes) wrong += " " + name;
  }
  return wrong;
}

/// The number in an environment variable: how much `./dev` wants to be tried.
inline int number_from(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::atoi(text) : otherwise;
}

/// Writes what was tried under `name` into the file that LUTRA_TALLY names, beside what is there.
inline void tally(const std::string& name, const Json& counts) {
  const char* path = std::getenv("LUTRA_TALLY");
  if (!path) return;
  Json all = std::filesystem::exists(path) ? read_json(path) : Json::object();
  all[name] = counts;
  write_text_atomically(path, json_text(all, 1) + "\n");
}

}  // namespace lutra
