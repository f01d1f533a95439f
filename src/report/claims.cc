#include "report/claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "report/fields.h"
#include "report/html.h"
#include "report/measured.h"
#include "report/published.h"
#include "report/resources.h"
#include "report/study.h"

namespace lutra {
namespace {

constexpr const char* no_networks = "needs networks.json";

double limit(const char* name) { return published().at("limits").at(name).get<double>(); }

Seen seen_in(int yes, int all) { return yes == all ? Seen::yes : yes == 0 ? Seen::no : Seen::partly; }

Claim containment(const std::vector<Run>& runs) {
  Claim claim{"Half of the particle's hits are inside more than 90 % of the fragments, whatever the stride.",
              Seen::not_run, "needs fragmentation.json"};
  double worst = std::numeric_limits<double>::infinity();
  int yes = 0;
  int all = 0;
  for (const Run& run : runs) {
    const Json* body = run.body("fragmentation.json");
    if (body == nullptr) continue;
    for (const Json& point : list_at(*body, "curves", run.name + "/fragmentation.json")) {
      const double share = json_get<double>(point, "half_contained", run.name + "/fragmentation.json");
      worst = std::min(worst, share);
      yes += share > 0.9;
      ++all;
    }
  }
  if (all > 0)
    claim = {claim.statement, seen_in(yes, all),
             fmt::format("Above 90 % in {} of {} settings; lowest {}.", yes, all, percent_text(worst))};
  return claim;
}

/// In the order of their first appearance.
std::vector<std::string> precisions(const std::vector<StudyNetwork>& networks) {
  std::vector<std::string> all;
  for (const StudyNetwork& n : networks)
    if (std::ranges::find(all, n.precision) == all.end()) all.push_back(n.precision);
  return all;
}

/// "4 bit", "ternary".
std::string precision_text(const std::string& precision) {
  return precision.find_first_not_of("0123456789") == std::string::npos ? precision + " bit" : precision;
}

/// Compares the pT resolution of two recipes at every number of bits at which both exist: `better` should be smaller,
/// by more than the errors of both.
Claim better_resolution(const std::vector<StudyNetwork>& networks, const std::string& statement,
                        const std::string& better, const std::string& worse) {
  int yes = 0;
  int all = 0;
  std::string detail;
  for (const std::string& precision : precisions(networks)) {
    const auto good = mean_over_seeds(networks, better, precision, "pt_resolution");
    const auto bad = mean_over_seeds(networks, worse, precision, "pt_resolution");
    if (!good || !bad) continue;
    const double error = std::hypot(good->error, bad->error);
    yes += bad->mean - good->mean > error;
    ++all;
    detail += fmt::format(" {}: {} against {} (error of the difference {}).", precision_text(precision),
                          number_text(good->mean), number_text(bad->mean), number_text(error, 2));
  }
  if (all == 0) return {statement, Seen::not_run, no_networks};
  return {statement, seen_in(yes, all),
          fmt::format("Relative pT resolution, {} against {}: better by more than the error at {} of {} precisions.{}",
                      better, worse, yes, all, detail)};
}

Claim distilled_fakes(const std::vector<StudyNetwork>& networks) {
  Claim claim{"With distillation the fake rate stays below 2 % at every bit width.", Seen::not_run, no_networks};
  int yes = 0;
  int all = 0;
  double worst = 0;
  for (const StudyNetwork& n : networks) {
    if (n.family != "student" || n.precision == "float" || !n.distilled || n.metrics == nullptr) continue;
    const auto fakes = maybe_number(*n.metrics, "fake_rate", n.where);
    if (!fakes) continue;
    worst = std::max(worst, *fakes);
    yes += *fakes < limit("fake_rate");
    ++all;
  }
  if (all > 0)
    claim = {claim.statement, seen_in(yes, all),
             fmt::format("Below 2 % in {} of {} distilled networks; highest {}.", yes, all, percent_text(worst, 2))};
  return claim;
}

Claim student_passes(const std::vector<Run>& runs) {
  Claim claim{"A few-bit student fits the FPGA and answers within 400 ns.", Seen::not_run, "needs synth.json"};
  for (const Run& run : runs) {
    const Json* synth = run.body("synth.json");
    if (synth == nullptr) continue;
    const std::string where = run.name + "/synth.json";
    const auto ns = latency_ns(*synth, where);
    const bool passes = fits_device(*synth, where).value_or(false) && ns && *ns < limit("latency_ns");
    claim = {claim.statement, passes ? Seen::yes : Seen::no,
             fmt::format("{} LUT and {} ns.", number_text(json_get<double>(*synth, "lut", where)),
                         number_text(ns.value_or(0)))};
  }
  return claim;
}

}  // namespace

std::string to_string(Seen seen) {
  switch (seen) {
    case Seen::yes:
      return "seen";
    case Seen::no:
      return "not seen";
    case Seen::partly:
      return "partly";
    case Seen::not_run:
      return "not run";
  }
  return "not run";
}

std::vector<Claim> judge_claims(const std::vector<Run>& runs) {
  const std::vector<StudyNetwork> networks = comparable_students(study_networks(runs));
  return {containment(runs),
          better_resolution(networks, "Distillation helps at every precision.", "distilled, float teacher",
                            "not distilled"),
          distilled_fakes(networks),
          better_resolution(networks, "A quantized teacher gives worse students than a float one.",
                            "distilled, float teacher", "distilled, quantized teacher"),
          student_passes(runs)};
}

}  // namespace lutra
