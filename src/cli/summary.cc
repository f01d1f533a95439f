#include "cli/summary.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra {
namespace {

std::string row(const std::string& name, const std::vector<std::string>& cells) {
  std::string text = fmt::format("  {:<34}", name);
  for (const std::string& cell : cells) text += fmt::format("{:>12}", cell);
  return text + "\n";
}

std::string number(const Json& object, const char* key, double factor, const char* unit, int decimals) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return "-";
  return fmt::format("{:.{}f}{}", factor * found->get<double>(), decimals, unit);
}

struct Line {
  const char* name;
  const char* key;
  double factor;
  const char* unit;
  int decimals;
};

constexpr Line metrics_lines[] = {
    {"plateau, 15-20 GeV", "plateau", 100, " %", 2},
    {"plateau, any eta", "plateau_all_eta", 100, " %", 2},
    {"fake rate at threshold", "fake_rate", 100, " %", 2},
    {"leakage below 7 GeV", "leakage_below_7gev", 100, " %", 2},
    {"pT resolution", "pt_resolution", 100, " %", 1},
    {"eta resolution", "eta_resolution", 1, "", 5},
    {"test events", "events", 1, "", 0},
};

/// Shown when they were measured.
constexpr Line answer_lines[] = {
    {"charge right", "charge_accuracy", 100, " %", 2},
    {"class right", "accuracy", 100, " %", 2},
};

constexpr Line synthesis_lines[] = {
    {"LUT", "lut", 1, "", 0},
    {"FF", "ff", 1, "", 0},
    {"DSP", "dsp", 1, "", 0},
    {"BRAM", "bram", 1, "", 0},
    {"latency", "latency_ns", 1, " ns", 1},
    {"new event every", "interval_cycles", 1, " cycle", 0},
};

}  // namespace

std::string metrics_table(const Json& metrics) {
  std::vector<std::string> names;
  bool of_muons = false;
  for (const auto& [name, values] : metrics.items()) {
    if (!values.is_object() || !(values.contains("plateau") || values.contains("accuracy"))) continue;
    names.push_back(name);
    of_muons = of_muons || values.contains("plateau");
  }
  std::string text = row("", names);
  const auto add = [&](const Line& line) {
    std::vector<std::string> cells;
    for (const std::string& name : names)
      cells.push_back(number(metrics[name], line.key, line.factor, line.unit, line.decimals));
    text += row(line.name, cells);
  };
  if (of_muons)
    for (const Line& line : metrics_lines) add(line);
  for (const Line& line : answer_lines)
    if (std::ranges::any_of(names, [&](const std::string& name) { return metrics[name].contains(line.key); }))
      add(line);
  return text;
}

std::string run_table(const std::filesystem::path& run) {
  std::string text = metrics_table(read_json(run / "metrics.json"));
  const Json verified = read_json(run / "verify.json");
  text += row("firmware differs from evaluator",
              {"", fmt::format("{} of {}", verified.value("mismatches", -1), verified.value("events", 0))});
  const Json synthesis = read_json(run / "synth.json");
  for (const Line& line : synthesis_lines)
    text += row(line.name, {"", number(synthesis, line.key, line.factor, line.unit, line.decimals)});
  return text;
}

}  // namespace lutra
