#include <fmt/format.h>

#include <algorithm>

#include "report/cells.h"
#include "report/claims.h"
#include "report/fields.h"
#include "report/headline.h"
#include "report/html.h"
#include "report/measured.h"
#include "report/published.h"
#include "report/resources.h"

namespace lutra {
namespace {

std::optional<double> metric(const Measured* m, const char* key) {
  return m == nullptr || m->metrics == nullptr ? std::nullopt : maybe_number(*m->metrics, key, m->where);
}

std::optional<double> lut(const Measured* m) {
  return m == nullptr || m->hardware == nullptr ? std::nullopt : maybe_number(*m->hardware, "lut", m->hardware_where);
}

/// Muon and noise parts together [kHz].
std::optional<double> total_rate(const Measured& m) {
  if (m.metrics == nullptr || !m.metrics->contains("rate")) return std::nullopt;
  const Json& rate = object_at(*m.metrics, "rate", m.where);
  const auto muons = maybe_number(rate, "muon_khz", m.where), fakes = maybe_number(rate, "fake_khz", m.where);
  return muons && fakes ? std::optional(*muons + *fakes) : std::nullopt;
}

Claim smaller(const std::vector<Measured>& list) {
  Claim claim{"pareto", "Ours: a network much smaller than the published student's architecture does better.",
              Seen::not_run, "Needs the student's firmware, synthesised, and a network of ours."};
  const Measured* student = find_student(list);
  const Measured* best = best_of_ours(list);
  const auto plateau = metric(best, "plateau"), other = metric(student, "plateau");
  const auto fakes = metric(best, "fake_rate"), other_fakes = metric(student, "fake_rate");
  const auto size = lut(best), other_size = lut(student);
  if (!plateau || !other || !fakes || !other_fakes || !size || !other_size) return claim;
  const int yes = (*plateau > *other) + (*fakes < *other_fakes) + (*size < *other_size);
  claim.seen = yes == 3 ? Seen::yes : yes == 0 ? Seen::no : Seen::partly;
  claim.evidence = fmt::format("{}: {} LUT, plateau {}, fakes {}; the student in firmware: {} LUT, {}, {}.", best->name,
                               number_text(*size), percent_text(*plateau), percent_text(*fakes, *fakes < 1e-3 ? 3 : 2),
                               number_text(*other_size), percent_text(*other), percent_text(*other_fakes, 2));
  // A network may pay for its decision with its pT.
  const auto width = metric(best, "pt_resolution"), other_width = metric(student, "pt_resolution");
  if (width && other_width)
    claim.evidence += fmt::format(" Its pT resolution, {}, is {} than the student's, {}.", number_text(*width),
                                  *width > *other_width ? "worse" : "no worse", number_text(*other_width));
  return claim;
}

Claim lowest_rate(const std::vector<Measured>& list) {
  Claim claim{"rate", "Ours: accepts a lower rate than the student in firmware and the reference triggers.",
              Seen::not_run, "Needs a network of ours and reference triggers."};
  const Measured* best = best_of_ours(list);
  const auto ours = best == nullptr ? std::nullopt : total_rate(*best);
  if (!ours) return claim;
  int lower = 0, all = 0;
  std::string others;
  for (const Measured& m : list) {
    // The fit to the true hits knows the truth: no trigger can be asked to beat it.
    const bool real = m.group == firmware_group || (m.group == references_group && m.key != "true_fit");
    const auto rate = real ? total_rate(m) : std::nullopt;
    if (!rate) continue;
    lower += *ours < *rate;
    ++all;
    others += fmt::format("{}{} {}", others.empty() ? "" : ", ", m.name, number_text(*rate));
  }
  if (all == 0) return claim;
  claim.seen = lower == all ? Seen::yes : lower == 0 ? Seen::no : Seen::partly;
  claim.evidence = fmt::format("{}: {} kHz of muons and noise; in kHz: {}.", best->name, number_text(*ours), others);
  return claim;
}

bool passes(const Measured& m) {
  const auto limit = [](const char* name) { return published().at("limits").at(name).get<double>(); };
  const auto ns = latency_ns(*m.hardware, m.hardware_where);
  const auto fakes = metric(&m, "fake_rate");
  return fits_device(*m.hardware, m.hardware_where).value_or(false) && ns && *ns < limit("latency_ns") && fakes &&
         *fakes < limit("fake_rate");
}

Claim constraints(const std::vector<Measured>& list) {
  Claim claim{"constraints",
              "Few-bit students meet all three constraints: they fit, answer within 400 ns, and fake below 2 %.",
              Seen::not_run, "No student has both hardware and metrics."};
  int yes = 0, all = 0, ours_yes = 0, ours = 0;
  for (const Measured& m : list) {
    if (m.hardware == nullptr || m.metrics == nullptr) continue;
    if (m.group == ours_group) {
      ours_yes += passes(m);
      ++ours;
    } else if (m.group == students_group || m.group == firmware_group) {
      yes += passes(m);
      ++all;
    }
  }
  if (all == 0) return claim;
  claim.seen = yes == all ? Seen::yes : yes == 0 ? Seen::no : Seen::partly;
  claim.evidence = fmt::format("{} of {} students do", yes, all);
  claim.evidence += ours > 0 ? fmt::format(", and {} of {} networks of ours.", ours_yes, ours) : ".";
  return claim;
}

}  // namespace

std::vector<Claim> judge_ours(const Run& run) {
  const std::vector<Run> runs = {run};
  const std::vector<Measured> list = everything_measured(runs);
  return {smaller(list), lowest_rate(list), constraints(list)};
}

}  // namespace lutra
