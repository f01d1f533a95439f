#include <fmt/format.h>

#include <cmath>

#include "report/cells.h"
#include "report/edited.h"
#include "report/fields.h"
#include "report/headline.h"
#include "report/html.h"
#include "report/published.h"
#include "report/resources.h"
#include "report/sections.h"

namespace lutra {
namespace {

std::string interval_text(const Json& metrics, const std::string& key, const std::string& where, int decimals) {
  const Bounds bounds = maybe_bounds(metrics, key + "_interval", where);
  if (!bounds.lo || !bounds.hi) return "";
  return fmt::format("{} to {}", percent_text(*bounds.lo, decimals), percent_text(*bounds.hi, decimals));
}

double limit(const char* name) { return published().at("limits").at(name).get<double>(); }

/// The row of the 4-bit one.
const Json& published_student() { return published().at("hardware").at(2); }

std::string accepted_text(const Measured& m) {
  return fmt::format("muons of 15-20 GeV inside the acceptance, above {} GeV",
                     number_text(maybe_number(*m.metrics, "threshold_gev", m.where).value_or(10)));
}

/// " Student 92.4 %." of the network to compare with; "" without one.
std::string beside(const Measured* other, const char* key, int decimals) {
  if (other == nullptr || other->metrics == nullptr) return "";
  const auto value = maybe_number(*other->metrics, key, other->where);
  return value ? fmt::format(" {}: {}.", other->name, percent_text(*value, decimals)) : "";
}

KeyNumber plateau_tile(const Measured& m, const Measured* other) {
  const auto plateau = maybe_number(*m.metrics, "plateau", m.where);
  KeyNumber tile{"Efficiency plateau", plateau ? percent_text(*plateau) : "n/a", "", Judgement::none};
  if (plateau) tile.verdict = *plateau >= limit("plateau") ? Judgement::good : Judgement::bad;
  tile.detail = fmt::format("{}; {}. Aim: at least {}.{}", interval_text(*m.metrics, "plateau", m.where, 1),
                            accepted_text(m), percent_text(limit("plateau"), 0), beside(other, "plateau", 1));
  return tile;
}

KeyNumber fake_tile(const Measured& m, const Measured* other) {
  const auto fakes = maybe_number(*m.metrics, "fake_rate", m.where);
  const int decimals = fakes && *fakes < 1e-3 ? 3 : 2;
  KeyNumber tile{"Fake rate", fakes ? percent_text(*fakes, decimals) : "n/a", "", Judgement::none};
  if (fakes) tile.verdict = *fakes < limit("fake_rate") ? Judgement::good : Judgement::bad;
  tile.detail = fmt::format("{}; images without a muon above the threshold. Limit: {}.{}",
                            interval_text(*m.metrics, "fake_rate", m.where, decimals),
                            percent_text(limit("fake_rate"), 0), beside(other, "fake_rate", 2));
  return tile;
}

KeyNumber hardware_tile(const Measured& m, const Measured* other) {
  if (m.hardware == nullptr) return {"Firmware", "not run", "lutra synth rtl/ measures it", Judgement::none};
  const auto latency = latency_ns(*m.hardware, m.hardware_where);
  const double lut = json_get<double>(*m.hardware, "lut", m.hardware_where);
  KeyNumber tile{"Firmware", count_cell(*m.hardware, "lut", m.hardware_where).text + " LUT", "", Judgement::none};
  if (latency) tile.verdict = *latency < limit("latency_ns") ? Judgement::good : Judgement::bad;
  tile.detail = fmt::format(
      "{} % of an {}; {} ns. Limit: {} ns.", number_text(100 * lut / device().at("lut").get<double>(), 2),
      device().at("name").get<std::string>(), number_text(latency.value_or(NAN), 2), number_text(limit("latency_ns")));
  if (other == nullptr || other->hardware == nullptr) return tile;
  tile.detail += fmt::format(" {}: {} LUT; published with 4 bits: {}.", other->name,
                             count_cell(*other->hardware, "lut", other->hardware_where).text,
                             number_text(published_student().at("lut").get<double>()));
  return tile;
}

std::string verification(const Run& run) {
  const Json* verify = run.body("verify.json");
  if (verify == nullptr) return "The firmware was not verified.";
  const std::string where = run.name + "/verify.json";
  return fmt::format("The student's firmware against the reference evaluator: {} mismatches in {} events.",
                     json_get<std::int64_t>(*verify, "mismatches", where),
                     number_text(static_cast<double>(json_get<std::int64_t>(*verify, "events", where)))) +
         edited_sentence(*verify, where);
}

/// What a reader wants to compare first: the student, the best and the smallest of Lutra's networks, teacher and
/// reference triggers.
Table overview(const std::vector<Measured>& list) {
  Table table{"overview",
              "The main algorithms on the same test events. pT res.: relative pT resolution. Rates: at high "
              "luminosity, muons and noise above the "
              "threshold. LUT and latency as far as known. The published student was measured on other events, from "
              "eta 0.08 on: its plateau compares with ours inside the acceptance.",
              {{"algorithm", ""},
               {"plateau", ""},
               {"fakes", ""},
               {"below 7 GeV", ""},
               {"pT res.", ""},
               {"muons", "kHz"},
               {"noise", "kHz"},
               {"LUT", ""},
               {"latency", "ns"}},
              {}};
  const Json none = Json::object();
  for (const Measured& m : list) {
    const bool ours = &m == best_of_ours(list) || &m == smallest_of_ours(list);
    if (m.metrics == nullptr || (!ours && (m.group == ours_group || m.group == students_group))) continue;
    const Json& rate = m.metrics->contains("rate") ? object_at(*m.metrics, "rate", m.where) : none;
    const Json& hardware = m.hardware == nullptr ? none : *m.hardware;
    table.rows.push_back(
        {text_cell(m.name), percent_cell(maybe_number(*m.metrics, "plateau", m.where)),
         percent_cell(maybe_number(*m.metrics, "fake_rate", m.where), 2),
         percent_cell(maybe_number(*m.metrics, "leakage_below_7gev", m.where)),
         number_cell(maybe_number(*m.metrics, "pt_resolution", m.where), 2),
         number_cell(maybe_number(rate, "muon_khz", m.where)), number_cell(maybe_number(rate, "fake_khz", m.where)),
         count_cell(hardware, "lut", m.hardware_where), number_cell(latency_ns(hardware, m.hardware_where), 2)});
  }
  const Json& row = published_student();
  const double plateau = published().at("turn_on").at("efficiency").back().get<double>();
  table.rows.push_back({text_cell(row["name"].get<std::string>()), percent_cell(plateau),
                        percent_cell(maybe_number(row, "fake_rate", "published.json"), 2), text_cell("-"),
                        text_cell("-"), text_cell("-"), text_cell("-"), count_cell(row, "lut", "published.json"),
                        number_cell(latency_ns(row, "published.json"), 2)});
  return table;
}

std::string main_text(const Measured& main, bool ours) {
  return ours ? "The best network of ours, " + main.name +
                    " (of those synthesised the one of the highest plateau; mean of its seeds):"
              : main.name + ", in firmware:";
}

}  // namespace

Section summary_section(const std::vector<Run>& runs) {
  Section section{"summary", "Summary", {}};
  const std::vector<Measured> list = everything_measured(runs);
  const Measured* student = find_student(list);
  const Measured* ours = best_of_ours(list);
  const Measured* main = ours != nullptr ? ours : student;
  if (main == nullptr) {
    section.blocks.push_back(missing("metrics.json"));
    return section;
  }
  const Measured* other = ours != nullptr ? student : nullptr;
  section.blocks.push_back(Paragraph{main_text(*main, ours != nullptr)});
  section.blocks.push_back(Tiles{{plateau_tile(*main, other), fake_tile(*main, other), hardware_tile(*main, other)}});
  section.blocks.push_back(Paragraph{verification(runs.front())});
  section.blocks.push_back(overview(list));
  return section;
}

}  // namespace lutra
