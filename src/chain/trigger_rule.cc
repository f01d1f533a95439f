#include "chain/trigger_rule.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace lutra {
namespace {

[[noreturn]] void refuse(const std::string& why) {
  throw Error("this network cannot decide in firmware", why, "Train it on fragments with targets pt and eta");
}

template <class Condition>
std::optional<std::size_t> find_target(const std::vector<Target>& targets, const Condition& is_wanted) {
  const auto found = std::find_if(targets.begin(), targets.end(), is_wanted);
  if (found == targets.end()) return {};
  if (std::find_if(found + 1, targets.end(), is_wanted) != targets.end()) refuse("two targets could be meant");
  return static_cast<std::size_t>(found - targets.begin());
}

/// The largest integer whose physical value is not above the threshold; below the format's smallest when there is none.
std::int64_t largest_rejected(const Target& target, Format format, double threshold) {
  std::int64_t lo = format.min() - 1, hi = format.max();
  while (lo < hi) {
    const std::int64_t middle = lo + (hi - lo + 1) / 2;
    const bool above = target.to_physical(std::ldexp(static_cast<double>(middle), -format.frac), 0) > threshold;
    (above ? hi : lo) = above ? middle - 1 : middle;
  }
  return lo;
}

/// Window starts and, when there is one, the eta output on one grid.
void set_position(TriggerRule& rule, const Target* eta, Interval starts) {
  if (eta == nullptr) {
    rule.position = smallest_format(starts, 0);
    return;
  }
  const double columns = (eta->hi - eta->lo) / eta->step;
  if (!(columns > 0.5 && columns < 1 << 14) || std::abs(columns - std::round(columns)) > 1e-6)
    refuse("the range of target \"" + eta->name + "\" is no whole number of columns");
  rule.eta_factor = std::llround(columns);
  rule.start_shift = rule.eta.frac;
  for (; rule.eta_factor % 2 == 0 && rule.start_shift > 0; rule.eta_factor /= 2) --rule.start_shift;
  for (; rule.start_shift < 0; ++rule.start_shift) rule.eta_factor *= 2;
  const Interval position = interval_of(rule.eta) * rule.eta_factor + shift_left(starts, rule.start_shift);
  rule.position = smallest_format(position, rule.start_shift);
}

}  // namespace

TriggerRule make_trigger_rule(const std::vector<Target>& targets, const std::vector<Format>& formats, Interval starts,
                              double threshold) {
  if (targets.size() != formats.size()) refuse("it has not one target per output");
  const auto pt = find_target(targets, [](const Target& t) { return t.name == "pt" && t.step == 0; });
  if (!pt) refuse("it has no target \"pt\"");
  TriggerRule rule;
  rule.pt_output = *pt;
  rule.pt = formats[*pt];
  rule.eta_output = find_target(targets, [](const Target& t) { return t.step > 0; });
  if (rule.eta_output) rule.eta = formats[*rule.eta_output];
  if (rule.pt.bits > 32 || rule.eta.bits > 32) refuse("an output is wider than 32 bits");
  rule.largest_rejected = largest_rejected(targets[*pt], rule.pt, threshold);
  set_position(rule, rule.eta_output ? &targets[*rule.eta_output] : nullptr, starts);
  return rule;
}

std::vector<std::int64_t> apply(const TriggerRule& rule, std::span<const std::int64_t> outputs, std::int64_t start) {
  const std::int64_t pt = outputs[rule.pt_output];
  const std::int64_t relative = rule.eta_output ? rule.eta_factor * outputs[*rule.eta_output] : 0;
  return {pt, relative + start * (std::int64_t{1} << rule.start_shift), pt > rule.largest_rejected ? 1 : 0};
}

std::vector<Format> word_formats(const TriggerRule& rule) { return {rule.pt, rule.position, {1, 0, false}}; }

}  // namespace lutra
