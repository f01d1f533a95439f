#include "report/run.h"

#include "base/error.h"

namespace lutra {

const std::vector<RunFile>& run_files() {
  static const std::vector<RunFile> files = {
      {"metrics.json",
       {"metrics", 1},
       "Metrics",
       "lutra evaluate student/network.json --data fragments.h5 --out metrics.json"},
      {"verify.json", {"verify", 1}, "Verification", "lutra verify student/network.json rtl/ --data fragments.h5"},
      {"synth.json", {"synth", 1}, "Synthesis", "lutra synth rtl/"},
      {"rtl/design.json", {"design", 2}, "Firmware", "lutra compile student/network.json --out rtl/"},
      {"learned/rtl/design.json", {"design", 2}, "Firmware of the chosen network", "lutra run STUDY.toml --out DIR"},
      {"learned/synth.json", {"synth", 1}, "Synthesis of the chosen network", "lutra run STUDY.toml --out DIR"},
      {"chain/design.json", {"design", 2}, "Firmware of the whole trigger", "lutra run STUDY.toml --out DIR"},
      {"chain-verify.json", {"verify", 1}, "Verification of the whole trigger", "lutra run STUDY.toml --out DIR"},
      {"chain-synth.json", {"synth", 1}, "Synthesis of the whole trigger", "lutra run STUDY.toml --out DIR"},
      {"student/network.json",
       {"network", 1},
       "Student network",
       "lutra distill STUDY.toml --data fragments.h5 --teacher teacher/teacher.json --out student/"},
      {"teacher/history.json",
       {"history", 1},
       "Teacher training",
       "lutra train STUDY.toml --data fragments.h5 --out teacher/"},
      {"student/history.json",
       {"history", 1},
       "Student training",
       "lutra distill STUDY.toml --data fragments.h5 --teacher teacher/teacher.json --out student/"},
      {"displays.json", {"displays", 1}, "Event displays", "lutra run STUDY.toml --out DIR"},
      {"references.json", {"references", 1}, "Reference triggers", "lutra run STUDY.toml --out DIR"},
      {"fragmentation.json", {"fragmentation", 1}, "Fragmentation scan", "lutra run STUDY.toml --out DIR"},
      {"networks.json", {"networks", 1}, "Networks of the study", "lutra run STUDY.toml --out DIR"},
      {"pareto.json", {"pareto", 1}, "Pareto front", "lutra run STUDY.toml --out DIR"},
      {"fit.json", {"fit", 1}, "Search within a budget", "lutra fit STUDY.toml --out DIR"},
  };
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
  for (const RunFile& file : run_files()) {
    const std::filesystem::path path = folder / file.path;
    const bool required = &file == &run_files().front();
    if (required || std::filesystem::exists(path)) run.files.emplace(file.path, read_json_artifact(path, file.kind));
  }
  const std::filesystem::path study = folder / "study.toml";
  if (std::filesystem::exists(study)) run.study = read_text(study, 1 << 20);
  return run;
}

}  // namespace lutra
