#include "roads/road_bank.h"

#include <algorithm>
#include <bit>
#include <map>

#include "base/parallel.h"

namespace lutra {
namespace {

constexpr std::size_t chunk_events = 2048;
constexpr int firm_planes = 2;  // of a station that surely saw the muon

/// Counts in most stations are 0 almost everywhere: a state needs two stations to mean a track.
bool is_track(int state) { return (state & 3 ? 1 : 0) + (state >> 2 & 3 ? 1 : 0) + (state >> 4 & 3 ? 1 : 0) >= 2; }

std::span<const std::uint8_t> counts_of(const RoadSamples& samples, std::size_t event) {
  const auto size = static_cast<std::size_t>(samples.stations) * static_cast<std::size_t>(samples.cols);
  return std::span(samples.counts).subspan(event * size, size);
}

/// The states of a road in all columns of an event that can mean a track, as bits.
std::uint64_t states_of(std::span<const int> shift, const RoadSamples& samples, std::size_t event) {
  const auto counts = counts_of(samples, event);
  std::uint64_t states = 0;
  for (int col = 0; col < samples.cols; ++col) {
    const int state = road_state(shift, counts, samples.cols, col);
    if (is_track(state)) states |= std::uint64_t{1} << state;
  }
  return states;
}

using Shift = std::vector<int>;

/// Calls visit(shift) for every way to go from firm station 0 at `col` through firm counts of the other stations.
template <class Visit>
void visit_tracks(const RoadConfig& config, const RoadSamples& samples, std::span<const std::uint8_t> counts, int col,
                  Shift& shift, const Visit& visit) {
  const auto station = shift.size() + 1;
  if (static_cast<int>(station) == samples.stations) return visit(shift);
  const int first = std::max(col - config.max_shift, 0), last = std::min(col + config.max_shift, samples.cols - 1);
  for (int at = first; at <= last; ++at) {
    if (counts[station * static_cast<std::size_t>(samples.cols) + static_cast<std::size_t>(at)] < firm_planes) continue;
    shift.push_back(at - col);
    visit_tracks(config, samples, counts, col, shift, visit);
    shift.pop_back();
  }
}

/// The shifts with most wanted worth, best first.
std::vector<Shift> candidates_of(const RoadConfig& config, const RoadSamples& samples) {
  std::map<Shift, double> worth;
  for (std::size_t e = 0; e < samples.worth.size(); ++e) {
    if (samples.worth[e] <= 0) continue;
    const auto counts = counts_of(samples, e);
    for (int col = 0; col < samples.cols; ++col) {
      Shift shift;
      if (counts[static_cast<std::size_t>(col)] >= firm_planes)
        visit_tracks(config, samples, counts, col, shift, [&](const Shift& s) { worth[s] += samples.worth[e]; });
    }
  }
  std::vector<Shift> shifts;
  for (const auto& [shift, sum] : worth) shifts.push_back(shift);
  std::stable_sort(shifts.begin(), shifts.end(), [&](const Shift& a, const Shift& b) { return worth[a] > worth[b]; });
  shifts.resize(std::min(shifts.size(), static_cast<std::size_t>(config.candidates)));
  return shifts;
}

/// Which table entries every event sets off, and what each would add.
class Coverage {
 public:
  Coverage(const RoadSamples& samples, std::vector<Shift> shifts, int threads)
      : samples_(samples), shifts_(std::move(shifts)), states_(samples.worth.size() * shifts_.size()) {
    const std::size_t events = samples.worth.size();
    parallel_for((events + chunk_events - 1) / chunk_events, threads, [&](std::size_t chunk) {
      for (std::size_t e = chunk * chunk_events; e < std::min((chunk + 1) * chunk_events, events); ++e)
        for (std::size_t r = 0; r < shifts_.size(); ++r)
          states_[e * shifts_.size() + r] = states_of(shifts_[r], samples, e);
    });
    gain_.assign(shifts_.size() * 64, 0);
    open_.assign(events, true);
    for (std::size_t e = 0; e < events; ++e) count(e, 1);
  }

  const std::vector<Shift>& shifts() const { return shifts_; }
  /// What accepting this entry adds.
  double gain(std::size_t road, int state) const { return gain_[road * 64 + static_cast<std::size_t>(state)]; }

  /// Every event that sets off this entry is accepted from now on.
  void accept(std::size_t road, int state) {
    for (std::size_t e = 0; e < open_.size(); ++e) {
      if (!open_[e] || (states_[e * shifts_.size() + road] >> state & 1) == 0) continue;
      open_[e] = false;
      count(e, -1);
    }
  }

 private:
  void count(std::size_t event, double sign) {
    if (samples_.worth[event] == 0) return;
    for (std::size_t r = 0; r < shifts_.size(); ++r)
      for (std::uint64_t rest = states_[event * shifts_.size() + r]; rest != 0; rest &= rest - 1)
        gain_[r * 64 + static_cast<std::size_t>(std::countr_zero(rest))] += sign * samples_.worth[event];
  }

  const RoadSamples& samples_;
  std::vector<Shift> shifts_;
  std::vector<std::uint64_t> states_;  // [events][candidates]
  std::vector<double> gain_;           // [candidates][64]
  std::vector<bool> open_;             // not accepted yet
};

struct Entry {
  std::size_t road = 0;
  int state = 0;
  double gain = 0;
};

/// The entry that adds most; the first of equals.
Entry best_entry(const Coverage& coverage, const std::vector<std::uint64_t>& accepted, bool full) {
  Entry best;
  for (std::size_t r = 0; r < accepted.size(); ++r) {
    if (full && accepted[r] == 0) continue;
    for (int state = 0; state < 64; ++state)
      if ((accepted[r] >> state & 1) == 0 && coverage.gain(r, state) > best.gain)
        best = {r, state, coverage.gain(r, state)};
  }
  return best;
}

}  // namespace

int road_state(std::span<const int> shift, std::span<const std::uint8_t> counts, int cols, int col) {
  int state = counts[static_cast<std::size_t>(col)];
  for (std::size_t s = 0; s < shift.size(); ++s) {
    const int at = col + shift[s];
    const bool inside = at >= 0 && at < cols;
    state = state * 4 + (inside ? counts[(s + 1) * static_cast<std::size_t>(cols) + static_cast<std::size_t>(at)] : 0);
  }
  return state;
}

int first_column(const RoadBank& bank, std::span<const std::uint8_t> counts, int cols) {
  for (int col = 0; col < cols; ++col)
    for (const Road& road : bank)
      if ((road.accepted >> road_state(road.shift, counts, cols, col) & 1) != 0) return col;
  return -1;
}

std::vector<double> positions_of(const RoadBank& bank, const RoadSamples& samples) {
  if (samples.position.empty()) return {};
  const auto cols = static_cast<std::size_t>(samples.cols);
  std::vector<double> sum(cols, 0), count(cols, 0);
  for (std::size_t e = 0; e < samples.worth.size(); ++e) {
    if (samples.worth[e] <= 0) continue;
    const int col = first_column(bank, counts_of(samples, e), samples.cols);
    if (col < 0) continue;
    sum[static_cast<std::size_t>(col)] += std::clamp(samples.position[e], 0.0, 1.0);
    ++count[static_cast<std::size_t>(col)];
  }
  for (std::size_t col = 0; col < cols; ++col)
    sum[col] = count[col] > 0 ? sum[col] / count[col] : (static_cast<double>(col) + 0.5) / static_cast<double>(cols);
  return sum;
}

RoadBank learn_roads(const RoadConfig& config, const RoadSamples& samples, int threads, const Progress& progress) {
  Coverage coverage(samples, candidates_of(config, samples), threads);
  double least = 0;
  for (const double w : samples.worth) least += std::max(w, 0.0) * config.least_gain;
  std::vector<std::uint64_t> accepted(coverage.shifts().size(), 0);
  int used = 0;
  for (std::size_t entries = 0;; ++entries) {
    progress("learning roads", static_cast<std::size_t>(used), static_cast<std::size_t>(config.roads));
    const Entry entry = best_entry(coverage, accepted, used == config.roads);
    if (entry.gain <= least) break;
    if (accepted[entry.road] == 0) ++used;
    accepted[entry.road] |= std::uint64_t{1} << entry.state;
    coverage.accept(entry.road, entry.state);
  }
  RoadBank bank;
  for (std::size_t r = 0; r < accepted.size(); ++r)
    if (accepted[r] != 0) bank.push_back({coverage.shifts()[r], accepted[r]});
  return bank;
}

}  // namespace lutra
