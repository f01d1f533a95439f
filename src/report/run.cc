#include "report/run.h"

#include "base/error.h"

namespace lutra {

std::vector<ArtifactFile> run_files() {
  std::vector<ArtifactFile> files;
  for (const ArtifactFile& file : artifact_files())
    if (file.keep == Keep::drawn) files.push_back(file);
  return files;
}

const Json* Run::body(const std::string& path) const {
  const auto found = files.find(path);
  return found == files.end() ? nullptr : &found->second.body;
}

Run read_run(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder))
    throw Error(folder.string() + " is not a run folder", "no such folder",
                "Make it with lutra run STUDY.toml --out DIR");
  Run run;
  // "runs/demo/" has an empty last part.
  run.name = std::filesystem::weakly_canonical(folder).filename().string();
  bool required = true;
  for (const ArtifactFile& file : run_files()) {
    const std::filesystem::path path = folder / file.path;
    if (required || std::filesystem::exists(path)) run.files.emplace(file.path, read_json_artifact(path, file.kind));
    required = false;
  }
  const std::filesystem::path study = folder / "study.toml";
  if (std::filesystem::exists(study)) run.study = read_text(study, 1 << 20);
  return run;
}

}  // namespace lutra
