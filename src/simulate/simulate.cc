#include "simulate/simulate.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/contract.h"
#include "base/in_order.h"
#include "event/batch.h"
#include "event/events_file.h"
#include "simulate/noise.h"
#include "simulate/normal.h"
#include "simulate/response.h"
#include "simulate/track.h"

namespace lutra {
namespace {

/// Events made by one task: enough to hide the scheduling, few enough to share out.
constexpr std::size_t task_events = 4096;

/// Draws muons at the interaction point.
class Source {
 public:
  explicit Source(const MuonConfig& config)
      : config_(config),
        lo_(std::pow(config.pt_lo_gev, 1 - config.spectrum_power)),
        hi_(std::pow(config.pt_hi_gev, 1 - config.spectrum_power)) {}

  int muons(Random& random) const {
    const double u = random.uniform();
    return u < config_.none ? 0 : u < config_.none + config_.two ? 2 : 1;
  }

  Muon muon(Random& random) const {
    const double pt = config_.spectrum == "flat" ? random.uniform(config_.pt_lo_gev, config_.pt_hi_gev)
                                                 : std::pow(random.uniform(lo_, hi_), 1 / (1 - config_.spectrum_power));
    const double eta = random.uniform(config_.eta_lo, config_.eta_hi);
    const double phi = random.uniform(config_.phi_lo_rad, config_.phi_hi_rad);
    const std::int8_t charge = random.bits() >> 31 ? 1 : -1;
    return {static_cast<float>(pt), static_cast<float>(eta), static_cast<float>(phi), charge};
  }

 private:
  MuonConfig config_;
  double lo_, hi_;  // pT^(1 - power) at the ends, for sampling by inversion
};

/// Everything that is computed once per configuration.
class EventMaker {
 public:
  explicit EventMaker(const SimulationConfig& config)
      : cells_(config.detector.shape().cells()),
        vertex_m_(config.muon.vertex_z_mm / 1000),
        source_(config.muon),
        transport_(config),
        response_(config),
        noise_(config) {
    for (const OddStripConfig& odd : config.detector.odd_strips)
      if (odd.rate <= 0) dead_.push_back(odd.layer * config.detector.strips + odd.strip);
  }

  EventBatch run(std::uint64_t seed, std::uint64_t first, std::size_t count) const {
    EventBatch batch;
    batch.first = first;
    batch.hits.reserve(count * 32);
    Cells image;
    for (std::size_t i = 0; i < count; ++i) {
      add_muons(seed, first + i, image, batch);
      Random random(seed, RandomStream::noise, first + i);
      noise_.fire(random, image);
      image.take(cells_, batch.hits);
      if (!dead_.empty()) silence_dead(batch);
      batch.hit_begin.push_back(static_cast<std::uint32_t>(batch.hits.size()));
      batch.muon_begin.push_back(static_cast<std::uint32_t>(batch.muons.size()));
    }
    return batch;
  }

 private:
  void add_muons(std::uint64_t seed, std::uint64_t event, Cells& image, EventBatch& batch) const {
    Random source(seed, RandomStream::muon, event);
    const int muons = source_.muons(source);
    if (muons == 0) return;
    Random transport(seed, RandomStream::transport, event), response(seed, RandomStream::response, event);
    const double vertex = vertex_m_ * fast_normal(source);
    for (int i = 0; i < muons; ++i) {
      const Muon muon = source_.muon(source);
      response_.fire(muon, transport_.carry(muon, vertex, transport), response, image);
      batch.muons.push_back(muon);
    }
  }

  /// Takes hits on dead strips out of the last event.
  void silence_dead(EventBatch& batch) const {
    const auto is_dead = [&](Hit hit) { return std::find(dead_.begin(), dead_.end(), hit.cell()) != dead_.end(); };
    const auto begin = batch.hits.begin() + batch.hit_begin.back();
    batch.hits.erase(std::remove_if(begin, batch.hits.end(), is_dead), batch.hits.end());
  }

  int cells_;
  double vertex_m_;
  Source source_;
  Transport transport_;
  Response response_;
  Noise noise_;
  std::vector<int> dead_;
};

/// Gives the events of a range to `use`, in parts that follow each other.
void run_range(const EventMaker& simulator, std::uint64_t seed, EventRange range, int threads,
               const std::function<void(const EventBatch&)>& use) {
  const auto run = [&](std::size_t task) {
    const std::uint64_t begin = task * task_events;
    const std::uint64_t count = std::min<std::uint64_t>(task_events, range.count - begin);
    return simulator.run(seed, range.first + begin, static_cast<std::size_t>(count));
  };
  make_in_order<EventBatch>((range.count + task_events - 1) / task_events, threads, run, use);
}

}  // namespace

EventBatch simulate(const SimulationConfig& config, std::uint64_t seed, std::uint64_t first, std::size_t count,
                    int threads) {
  check(config);
  const EventMaker simulator(config);
  if (threads == 1) return simulator.run(seed, first, count);  // saves joining the parts
  EventBatch batch;
  batch.first = first;
  run_range(simulator, seed, {first, count}, threads,
            [&](const EventBatch& part) { append_events(batch, part, 0, part.size()); });
  return batch;
}

EventRange shard(std::uint64_t events, std::uint64_t k, std::uint64_t n) {
  expects(1 <= k && k <= n, "1 <= k <= n");
  const auto begin = [&](std::uint64_t i) { return events / n * i + std::min(i, events % n); };
  return {begin(k - 1), begin(k) - begin(k - 1)};
}

void simulate_to_file(const SimulationConfig& config, std::uint64_t seed, EventRange range,
                      const std::filesystem::path& path, int threads, const Progress& progress) {
  check(config);
  const EventMaker simulator(config);
  SimulationConfig copy = config;
  const Json echo = {{"simulation", config_to_json([&](Fields& f) { describe(f, copy); })}, {"seed", seed}};
  write_events(path, config.detector.shape(), range.first, echo, [&](EventWriter& writer) {
    progress("simulate", 0, range.count);
    run_range(simulator, seed, range, threads, [&](const EventBatch& part) {
      writer.append(part);
      progress("simulate", writer.size(), range.count);
    });
  });
}

}  // namespace lutra
