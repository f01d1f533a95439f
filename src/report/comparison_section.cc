#include <algorithm>
#include <map>
#include <set>
#include <utility>

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
    leaves[path] = json_text(config);
    return;
  }
  for (const auto& [key, value] : config.items())
    flatten(value, path.back() == ':' ? path + " " + key : path + "." + key, leaves);
}

/// Settings of the files that all runs have: [file: setting][run].
std::map<std::string, std::vector<std::string>> settings(const std::vector<Run>& runs) {
  std::map<std::string, std::vector<std::string>> values;
  for (const auto& [path, artifact] : runs.front().files) {
    const std::string& file = path;  // a lambda takes no structured binding
    if (!std::ranges::all_of(runs, [&](const Run& run) { return run.files.contains(file); })) continue;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      std::map<std::string, std::string> leaves;
      flatten(runs[i].files.at(path).config, path + ":", leaves);
      for (const auto& [key, value] : leaves) {
        values.try_emplace(key, runs.size(), "-");
        values[key][i] = value;
      }
    }
  }
  return values;
}

/// One row per setting that is not the same in all runs. The same setting stands in the files of all stages after its
/// own: it is told once, with the first of them.
Table difference_table(const std::vector<Run>& runs) {
  Table table{"differences-table",
              "Settings that differ between the runs, from the configurations in the files that all runs have",
              {{"setting", ""}},
              {}};
  table.folded = true;
  for (const Run& run : runs) table.columns.push_back({run.name, ""});
  std::set<std::pair<std::string, std::vector<std::string>>> told;
  for (const auto& [key, values] : settings(runs)) {
    if (std::set<std::string>(values.begin(), values.end()).size() == 1) continue;
    const std::string setting = key.substr(key.find(": ") + 2);
    if (!told.emplace(setting, values).second) continue;
    std::vector<Cell> row = {text_cell(key)};
    for (const std::string& value : values) row.push_back(text_cell(value));
    table.rows.push_back(std::move(row));
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
