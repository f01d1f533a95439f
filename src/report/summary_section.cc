#include <fmt/format.h>

#include "report/algorithms.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/published.h"
#include "report/sections.h"

namespace lutra {
namespace {

std::string interval_text(const Json& metrics, const std::string& key, const std::string& where, int decimals) {
  const Bounds bounds = maybe_bounds(metrics, key + "_interval", where);
  if (!bounds.lo || !bounds.hi) return "";
  return fmt::format("{} to {}", percent_text(*bounds.lo, decimals), percent_text(*bounds.hi, decimals));
}

double limit(const char* name) { return published().at("limits").at(name).get<double>(); }

Tile plateau_tile(const Json& student, const std::string& where) {
  const auto plateau = maybe_number(student, "plateau", where);
  Tile tile{"Efficiency plateau of the student", plateau ? percent_text(*plateau) : "n/a", "", Verdict::none};
  if (plateau) tile.verdict = *plateau >= limit("plateau") ? Verdict::good : Verdict::bad;
  const auto any_eta = maybe_number(student, "plateau_all_eta", where);
  const std::string beside = any_eta ? fmt::format("; {} at any eta", percent_text(*any_eta)) : "";
  tile.detail = fmt::format("{}, muons of 15-20 GeV inside the acceptance, above {} GeV{}; aim: at least {}",
                            interval_text(student, "plateau", where, 1),
                            number_text(maybe_number(student, "threshold_gev", where).value_or(10)), beside,
                            percent_text(limit("plateau"), 0));
  return tile;
}

Tile fake_tile(const Json& student, const std::string& where) {
  const auto fakes = maybe_number(student, "fake_rate", where);
  Tile tile{"Fake rate of the student", fakes ? percent_text(*fakes, 2) : "n/a", "", Verdict::none};
  if (fakes) tile.verdict = *fakes < limit("fake_rate") ? Verdict::good : Verdict::bad;
  tile.detail = fmt::format("{}, images without a muon above the threshold; limit: {}",
                            interval_text(student, "fake_rate", where, 2), percent_text(limit("fake_rate"), 0));
  return tile;
}

Tile hardware_tile(const Run& run) {
  const Json* synth = run.body("synth.json");
  if (synth == nullptr) return {"Firmware", "not run", "lutra synth rtl/ measures it", Verdict::none};
  const std::string where = run.name + "/synth.json";
  const double lut = json_get<double>(*synth, "lut", where);
  const double latency = json_get<double>(*synth, "latency_ns", where);
  const double share = lut / device().at("lut").get<double>();
  return {"Firmware of the student", number_text(lut) + " LUT",
          fmt::format("{} % of an {}; latency {} ns, limit {} ns", number_text(100 * share, 2),
                      device().at("name").get<std::string>(), number_text(latency), number_text(limit("latency_ns"))),
          latency < limit("latency_ns") ? Verdict::good : Verdict::bad};
}

std::string verification(const Run& run) {
  const Json* verify = run.body("verify.json");
  if (verify == nullptr) return "The firmware was not verified.";
  const std::string where = run.name + "/verify.json";
  return fmt::format("Firmware against reference: {} mismatches in {} events.",
                     json_get<std::int64_t>(*verify, "mismatches", where),
                     number_text(static_cast<double>(json_get<std::int64_t>(*verify, "events", where))));
}

}  // namespace

Section summary_section(const std::vector<Run>& runs) {
  Section section{"summary", "Summary", {}};
  for (const Run& run : runs) {
    if (runs.size() > 1) section.blocks.push_back(Paragraph{"Run " + run.name});
    const Json* metrics = run.body("metrics.json");
    if (metrics == nullptr || !metrics->contains("student")) {
      section.blocks.push_back(missing("metrics.json"));
      continue;
    }
    const std::string where = run.name + "/metrics.json: \"student\"";
    const Json& student = metrics->at("student");
    section.blocks.push_back(Tiles{{plateau_tile(student, where), fake_tile(student, where), hardware_tile(run)}});
    section.blocks.push_back(Paragraph{verification(run)});
  }
  return section;
}

}  // namespace lutra
