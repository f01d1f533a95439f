#include "student/working_point.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace lutra {
namespace {

/// First outputs, not yet rounded, of the validation muons below the limit and of the validation events without muon.
struct Background {
  std::vector<float> low, empty;
};

Background background_outputs(const Samples& samples, const StudentLayout& layout, const EffectiveStudent& student,
                              double low_truth) {
  const Dataset& data = *samples.data;
  const Column* muons = find_column(data, "muons");
  StudentPass pass(layout, student);
  Background found;
  const std::span<const std::uint32_t> events(samples.validation);
  for (std::size_t begin = 0; begin < events.size(); begin += tile_events) {
    const auto some = events.subspan(begin, std::min(tile_events, events.size() - begin));
    pass.forward(data, some);
    for (std::size_t e = 0; e < some.size(); ++e) {
      const float out = pass.sums(layout.layers.size() - 1)[0].lane[e];
      const double truth = data.truth[some[e] * data.targets.size() + samples.columns[0]];
      if (muons && muons->values[some[e]] == 0)
        found.empty.push_back(out);
      else if (truth < low_truth)
        found.low.push_back(out);
    }
  }
  return found;
}

}  // namespace

void describe(Fields& f, WorkingPoint& c) {
  f.number("max_leakage", c.max_leakage, {0, 1},
           "shift the finished network so that at most this share of low validation muons is accepted; 0: no limit");
  f.number("max_fake", c.max_fake, {0, 1}, "the same for events without a muon");
  f.number("low_truth", c.low_truth, {-1e9, 1e9}, "muons below this are low [unit of the first output]");
}

float cut_for_share(std::vector<float> values, double share) {
  const auto allowed =
      std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())));
  const auto cut = values.end() - 1 - static_cast<std::ptrdiff_t>(allowed);
  std::ranges::nth_element(values, cut);
  return *cut;
}

double working_shift(const WorkingPoint& point, const Samples& samples, const StudentLayout& layout,
                     const EffectiveStudent& student, double grid) {
  if (samples.decision.thresholds.empty())
    throw Error("a working point needs a threshold", "", "Set task.accept_at = [10]");
  const Background background = background_outputs(samples, layout, student, point.low_truth);
  double cut = -std::numeric_limits<double>::infinity();
  const auto limit = [&](double share, const std::vector<float>& values) {
    if (share > 0 && !values.empty()) cut = std::max(cut, static_cast<double>(cut_for_share(values, share)));
  };
  limit(point.max_leakage, background.low);
  limit(point.max_fake, background.empty);
  if (std::isinf(cut)) return 0;
  // What rounds to more than the threshold is at least half a step above it.
  const double half = grid / 2, first_accepted = static_cast<double>(samples.decision.thresholds[0]) + half;
  return std::floor((first_accepted - cut) / half) * half;
}

}  // namespace lutra
