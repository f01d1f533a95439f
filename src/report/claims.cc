#include "report/claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>

#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/paired.h"
#include "report/published.h"
#include "report/resources.h"
#include "report/study.h"

namespace lutra {
namespace {

constexpr const char* no_networks =
    "This run trained no students at several precisions; lutra run studies/offshell.toml does.";
constexpr const char* float_teacher = "distilled, float teacher";
constexpr const char* alone = "not distilled";

double limit(const char* name) { return published().at("limits").at(name).get<double>(); }

Seen seen_in(int yes, int all) { return yes == all ? Seen::yes : yes == 0 ? Seen::no : Seen::partly; }

constexpr int study_window = 32;  // strips, of the published study

Claim containment(const Run& run) {
  Claim claim{"fragmentation",
              "Half of the particle's hits are inside more than 90 % of the fragments, whatever the stride.",
              Seen::not_run, "The scan of windows and strides was not run."};
  double lowest = std::numeric_limits<double>::infinity(), highest = 0;
  int yes = 0;
  int all = 0;
  const Json* body = run.body("fragmentation.json");
  if (body == nullptr) return claim;
  const std::string where = run.name + "/fragmentation.json";
  for (const Json& point : list_at(*body, "curves", where)) {
    if (json_get<int>(point, "window_cols", where) != study_window) continue;
    const double share = json_get<double>(point, "half_contained", where);
    lowest = std::min(lowest, share);
    highest = std::max(highest, share);
    yes += share > 0.9;
    ++all;
  }
  if (all == 0) return claim;
  claim.seen = seen_in(yes, all);
  claim.evidence =
      fmt::format("With the study's window of {} strips: above 90 % at {} of {} strides, from {} down to {}.",
                  study_window, yes, all, percent_text(highest), percent_text(lowest));
  return claim;
}

/// In the order of their first appearance.
std::vector<std::string> precisions(const std::vector<StudyNetwork>& networks) {
  std::vector<std::string> all;
  for (const StudyNetwork& n : networks)
    if (std::ranges::find(all, n.precision) == all.end()) all.push_back(n.precision);
  return all;
}

std::vector<StudyNetwork> of_precision(const std::vector<StudyNetwork>& networks, const std::string& precision) {
  std::vector<StudyNetwork> some;
  std::ranges::copy_if(networks, std::back_inserter(some), [&](const auto& n) { return n.precision == precision; });
  return some;
}

/// Students that learned from equally many events, by that number.
using Trainings = std::map<int, std::vector<StudyNetwork>>;

Trainings trainings(const std::vector<StudyNetwork>& networks) {
  Trainings result;
  for (const StudyNetwork& n : networks)
    if (n.family == "student") result[n.train_events].push_back(n);
  return result;
}

std::string pairs_text(const PairedMean& mean) {
  if (mean.pairs == 1) return "one pair";
  return fmt::format("{} pairs of {}", mean.pairs, mean.seeds == 1 ? "one seed" : fmt::format("{} seeds", mean.seeds));
}

/// "448,000 training events, 29 pairs of 5 seeds: plateau -0.2 ± 0.4 %, pT resolution -0.001 ± 0.003, fakes times 0.68
/// (0.60 - 0.77)".
std::string differences(int events, const std::vector<StudyNetwork>& students, const Pairing& pairing) {
  const auto plateau = paired_difference(students, pairing, "plateau");
  const auto width = paired_difference(students, pairing, "pt_resolution");
  const auto fakes = paired_log_ratio(students, pairing, "fake_rate");
  if (!width) return "";
  std::string text =
      fmt::format("{} training events, {}: ", events == 0 ? "all" : number_text(events), pairs_text(*width));
  if (plateau) text += fmt::format("plateau {} %, ", plus_minus_text(100 * plateau->mean, 100 * plateau->error, 2));
  text += fmt::format("pT resolution {}", plus_minus_text(width->mean, width->error, 3));
  if (fakes)
    text += fmt::format(", fakes times {} ({} - {})", number_text(std::exp(fakes->mean), 2),
                        number_text(std::exp(fakes->mean - fakes->error), 2),
                        number_text(std::exp(fakes->mean + fakes->error), 2));
  return text + ". ";
}

/// Fewer standard errors than this is what chance does now and then among so many comparisons.
constexpr double sure = 2;

bool better(const std::optional<PairedMean>& width) { return width && width->mean < -sure * width->error; }
bool worse(const std::optional<PairedMean>& width) { return width && width->mean > sure * width->error; }

/// The first recipe should have the smaller pT resolution: at every precision (seen), or at least over all precisions
/// of one training (partly).
Claim better_resolution(const Trainings& students, Claim claim, const Pairing& pairing) {
  int yes = 0, no = 0, all = 0;
  bool anywhere = false;
  std::string text;
  for (const auto& [events, networks] : students) {
    text += differences(events, networks, pairing);
    anywhere = anywhere || better(paired_difference(networks, pairing, "pt_resolution"));
    for (const std::string& precision : precisions(networks)) {
      const auto width = paired_difference(of_precision(networks, precision), pairing, "pt_resolution");
      yes += better(width);
      no += worse(width);
      all += width.has_value();
    }
  }
  if (all == 0) return claim;
  claim.seen = yes == all ? Seen::yes : anywhere ? Seen::partly : Seen::no;
  claim.evidence = fmt::format(
      "\"{}\" less \"{}\" of the same seed, with standard errors over the seeds. {}By two standard errors the "
      "resolution is better "
      "in {} of {} cases (precision, training), worse in {}.",
      pairing.first, pairing.second, text, yes, all, no);
  return claim;
}

Claim distilled_fakes(const Trainings& students) {
  Claim claim{"precision", "With distillation the fake rate stays below 2 % at every bit width.", Seen::not_run,
              no_networks};
  int yes = 0;
  int all = 0;
  std::string above;
  for (const auto& [events, networks] : students)
    for (const std::string& precision : precisions(networks)) {
      const auto fakes = mean_over_seeds(networks, float_teacher, precision, "fake_rate");
      if (!fakes || precision == "float") continue;
      yes += fakes->mean < limit("fake_rate");
      ++all;
      if (fakes->mean >= limit("fake_rate"))
        above += fmt::format("{}{} ({} events): {}", above.empty() ? "" : "; ", precision_text(precision),
                             events == 0 ? "all" : number_text(events), percent_text(fakes->mean));
    }
  if (all == 0) return claim;
  claim.seen = seen_in(yes, all);
  claim.evidence = fmt::format("Distilled from the float teacher, means of the seeds: below 2 % for {} of {} kinds{}.",
                               yes, all, above.empty() ? "" : ", not for " + above);
  return claim;
}

/// " Teacher, 5 bit, fully parallel, needs 2.1 times the LUT of the device by the cost model.": the smallest teacher;
/// "" when not known.
std::string teacher_text(const std::vector<StudyNetwork>& networks) {
  double least = std::numeric_limits<double>::infinity();
  std::string name;
  for (const StudyNetwork& n : networks) {
    const auto lut =
        n.family == "teacher" && n.hardware != nullptr ? maybe_number(*n.hardware, "lut", n.where) : std::nullopt;
    if (!lut || *lut >= least) continue;
    least = *lut;
    name = n.name;
  }
  if (name.empty()) return "";
  return fmt::format(" {}, fully parallel, needs {} times the LUT of the device by the cost model.", name,
                     number_text(least / device().at("lut").get<double>(), 2));
}

Claim student_passes(const Run& run, const std::vector<StudyNetwork>& networks) {
  Claim claim{"hardware",
              "The teacher is far too large for the FPGA; a few-bit student fits and answers within 400 ns.",
              Seen::not_run, "The student's firmware was not synthesised."};
  const Json* synth = run.body("synth.json");
  if (synth == nullptr) return claim;
  const std::string where = run.name + "/synth.json";
  const auto ns = latency_ns(*synth, where);
  const bool passes = fits_device(*synth, where).value_or(false) && ns && *ns < limit("latency_ns");
  claim.seen = passes ? Seen::yes : Seen::no;
  claim.evidence = fmt::format("The student: {} LUT by synthesis, {} ns by the delay model.{}",
                               number_text(json_get<double>(*synth, "lut", where)), number_text(ns.value_or(0)),
                               teacher_text(networks));
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

std::vector<Claim> judge_claims(const Run& run) {
  const std::vector<Run> runs = {run};
  const std::vector<StudyNetwork> all = study_networks(runs);
  const Trainings students = trainings(all);
  const Trainings floating = trainings(of_precision(all, "float"));
  std::vector<Claim> claims = {
      containment(run),
      better_resolution(
          floating, {"float", "Distillation helps the student already in floating point.", Seen::not_run, no_networks},
          {float_teacher, alone}),
      better_resolution(students, {"precision", "Distillation helps at every precision.", Seen::not_run, no_networks},
                        {float_teacher, alone}),
      distilled_fakes(students),
      better_resolution(students,
                        {"quantized-teacher", "A quantized teacher gives worse students than a float one.",
                         Seen::not_run, no_networks},
                        {float_teacher, "distilled, quantized teacher"}),
      student_passes(run, all)};
  for (Claim& claim : judge_ours(run)) claims.push_back(std::move(claim));
  return claims;
}

}  // namespace lutra
