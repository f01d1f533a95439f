#include <map>
#include <set>

#include "report/cells.h"
#include "report/fields.h"
#include "report/resources.h"
#include "report/sections.h"

namespace lutra {
namespace {

std::vector<Cell> run_row(const Run& run) {
  std::vector<Cell> cells = {text_cell(run.name)};
  const Json* metrics = run.body("metrics.json");
  const std::string where = run.name + "/metrics.json";
  const Json nothing = Json::object();
  const Json& student =
      metrics != nullptr && metrics->contains("student") ? object_at(*metrics, "student", where) : nothing;
  const Json* synth = run.body("synth.json");
  const Json& hardware = synth == nullptr ? nothing : *synth;
  const Json* verify = run.body("verify.json");
  cells.push_back(fraction_cell(student, "plateau", where));
  cells.push_back(fraction_cell(student, "fake_rate", where, 2));
  cells.push_back(fraction_cell(student, "leakage_below_7gev", where, 2));
  cells.push_back(estimate_cell(student, "pt_resolution", where));
  cells.push_back(number_cell(maybe_number(hardware, "lut", run.name + "/synth.json")));
  cells.push_back(number_cell(latency_ns(hardware, run.name + "/synth.json")));
  cells.push_back(
      number_cell(maybe_number(verify == nullptr ? nothing : *verify, "mismatches", run.name + "/verify.json")));
  return cells;
}

Table run_table(const std::vector<Run>& runs) {
  Table table{"runs-table",
              "The student of every run.",
              {{"run", ""},
               {"plateau", ""},
               {"fake rate", ""},
               {"leakage below 7 GeV", ""},
               {"relative pT resolution", ""},
               {"LUT", ""},
               {"latency", "ns"},
               {"mismatches", ""}},
              {}};
  for (const Run& run : runs) table.rows.push_back(run_row(run));
  return table;
}

/// Every leaf of a configuration: "simulation.seed" -> "7".
void flatten(const Json& config, const std::string& path, std::map<std::string, std::string>& leaves) {
  if (!config.is_object()) {
    leaves[path] = config.dump(-1, ' ', false, Json::error_handler_t::replace);
    return;
  }
  for (const auto& [key, value] : config.items())
    flatten(value, path.back() == ':' ? path + " " + key : path + "." + key, leaves);
}

/// One row per setting that is not the same in all runs.
Table difference_table(const std::vector<Run>& runs) {
  Table table{"differences-table",
              "Settings that differ between the runs, from the configurations in their files.",
              {{"setting", ""}},
              {}};
  std::vector<std::map<std::string, std::string>> all(runs.size());
  std::set<std::string> keys;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    table.columns.push_back({runs[i].name, ""});
    for (const auto& [path, artifact] : runs[i].files) flatten(artifact.config, path + ":", all[i]);
    for (const auto& [key, value] : all[i]) keys.insert(key);
  }
  for (const std::string& key : keys) {
    std::set<std::string> values;
    std::vector<Cell> row = {text_cell(key)};
    for (auto& leaves : all) {
      const std::string value = leaves.contains(key) ? leaves[key] : "-";
      values.insert(value);
      row.push_back(text_cell(value));
    }
    if (values.size() > 1) table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Section comparison_section(const std::vector<Run>& runs) {
  Section section{"comparison", "The runs side by side", {}};
  if (runs.size() < 2) return section;
  section.blocks.push_back(run_table(runs));
  Table differences = difference_table(runs);
  if (differences.rows.empty())
    section.blocks.emplace_back(Paragraph{"All settings recorded in the runs' files are the same."});
  else
    section.blocks.push_back(std::move(differences));
  return section;
}

}  // namespace lutra
