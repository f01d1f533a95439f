#include <fmt/format.h>

#include <set>
#include <utility>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/sections.h"

namespace lutra {
namespace {

/// Every number under a key that has "seed" in its name, with its path: {"simulation.seed", "7"}.
using Seeds = std::set<std::pair<std::string, std::string>>;
void find_seeds(const Json& config, const std::string& path, Seeds& seeds) {
  if (!config.is_object()) return;
  for (const auto& [key, value] : config.items()) {
    const std::string here = path.empty() ? key : path + "." + key;
    if (value.is_number_integer() && key.find("seed") != std::string::npos) seeds.emplace(here, value.dump());
    find_seeds(value, here, seeds);
  }
}

Table files_table(const std::vector<Run>& runs) {
  Table table{
      "files-table",
      "What this report was made from. Each file carries a checksum, its full configuration and the version of the "
      "code that wrote it.",
      {{"file", ""}, {"kind", ""}, {"written by", ""}, {"command", ""}},
      {}};
  for (const Run& run : runs)
    for (const ArtifactFile& file : run_files()) {
      const auto found = run.files.find(file.path);
      if (found == run.files.end()) continue;
      table.rows.push_back({text_cell(run.name + "/" + file.path),
                            text_cell(fmt::format("{} {}", file.kind.name, found->second.version)),
                            text_cell("lutra " + found->second.code), text_cell(file.command)});
    }
  return table;
}

Table seeds_table(const std::vector<Run>& runs) {
  Table table{
      "seeds-table",
      "Seeds. All random numbers are pure functions of (seed, stream, event), so the same study gives the same bytes.",
      {{"run", ""}, {"key", ""}, {"seed", ""}},
      {}};
  for (const Run& run : runs) {
    Seeds seeds;
    for (const auto& [path, artifact] : run.files) find_seeds(artifact.config, "", seeds);
    for (const auto& [key, seed] : seeds) table.rows.push_back({text_cell(run.name), text_cell(key), text_cell(seed)});
  }
  return table;
}

}  // namespace

Section provenance_section(const std::vector<Run>& runs) {
  Section section{"provenance", "Provenance", {}};
  std::string commands = "lutra report";
  for (const Run& run : runs) commands += " " + run.name;
  section.blocks.push_back(
      Paragraph{"Each run is made, or finished after an interruption, by lutra run STUDY.toml --out DIR; "
                "this page by: " +
                commands + " --out report.html."});
  section.blocks.push_back(files_table(runs));
  Table seeds = seeds_table(runs);
  if (!seeds.rows.empty()) section.blocks.push_back(std::move(seeds));
  for (const Run& run : runs) {
    if (!run.study.empty()) section.blocks.push_back(Listing{run.name + "/study.toml", run.study});
    for (const auto& [path, artifact] : run.files)
      section.blocks.push_back(Listing{"Configuration in " + run.name + "/" + path, json_text(artifact.config, 2)});
  }
  return section;
}

}  // namespace lutra
