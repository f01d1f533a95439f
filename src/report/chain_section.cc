#include <fmt/format.h>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/edited.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/sections.h"

namespace lutra {
namespace {

/// " around the network \"learned\"", from the configuration in chain/design.json; "" when that is not there.
std::string network_text(const Run& run) {
  const auto design = run.files.find("chain/design.json");
  if (design == run.files.end()) return "";
  const auto network = design->second.config.find("network");
  if (network == design->second.config.end() || !network->is_object() || !network->contains("name")) return "";
  return fmt::format(" around the network \"{}\"", json_get<std::string>(*network, "name", design->first));
}

/// What search and network cost, and both together.
Table shares(const Run& run, const Json& synth, const std::string& id, const std::string& where) {
  const auto text = [&](const char* key) {
    const auto value = maybe_number(synth, key, where);
    return value ? number_text(*value) : "?";
  };
  Table table{
      id,
      fmt::format("The whole trigger{}, from raw hits to the decision, synthesised by Yosys: {} ns, one event every {} "
                  "clocks. Latency counts from the last columns of the image; the network's includes the decision.",
                  network_text(run), text("latency_ns"), text("interval_cycles")),
      {{"part", ""}, {"LUT", ""}, {"share of LUT", ""}, {"FF", ""}, {"latency", "cycles"}},
      {}};
  const double all = json_get<double>(synth, "lut", where);
  const auto add = [&](const std::string& name, const Json& row) {
    const double lut = json_get<double>(row, "lut", where);
    table.rows.push_back({text_cell(name), number_cell(lut, 6), percent_cell(all > 0 ? lut / all : 0),
                          number_cell(maybe_number(row, "ff", where), 6),
                          number_cell(maybe_number(row, "latency_cycles", where))});
  };
  for (const Json& part : list_at(synth, "parts", where)) add(json_get<std::string>(part, "name", where), part);
  add("whole trigger", synth);
  return table;
}

std::string verified(const Json& verify, const std::string& where) {
  return fmt::format("{} raw events through the simulated firmware, {} differ from the software.",
                     number_text(json_get<double>(verify, "events", where)),
                     number_text(json_get<double>(verify, "mismatches", where))) +
         edited_sentence(verify, where);
}

}  // namespace

Section chain_section(const std::vector<Run>& runs) {
  Section section{"chain", "Whole trigger", {}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::string where = runs[i].name + "/chain-";
    if (const Json* verify = runs[i].body("chain-verify.json"))
      section.blocks.push_back(Paragraph{in_run(runs, runs[i], verified(*verify, where + "verify.json"))});
    const Json* synth = runs[i].body("chain-synth.json");
    if (synth == nullptr) continue;
    const std::string edited = edited_sentence(*synth, where + "synth.json");
    if (!edited.empty()) section.blocks.push_back(Paragraph{in_run(runs, runs[i], edited.substr(1))});
    section.blocks.push_back(shares(runs[i], *synth, fmt::format("chain-{}", i), where + "synth.json"));
  }
  return section;
}

}  // namespace lutra
