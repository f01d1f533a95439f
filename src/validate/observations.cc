#include "validate/observations.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "base/parallel.h"
#include "event/clusters.h"
#include "fragment/window.h"
#include "validate/measured.h"

namespace lutra {
namespace {

// Rows of the image: inner triplet BI, middle doublets, outer doublet BO.
constexpr int bi_begin = 0, bi_end = 3, bo_begin = 7, bo_end = 9;
constexpr double edge_eta = 0.05;          // muons nearer to the image's edge may bend out of it
constexpr double contained_above_gev = 6;  // below, the bent track itself is wider than the window
constexpr double straight_above_gev = 10;  // for the scatter around the straight line
constexpr double bo_radius_m = 9.81, field_begins_m = 4.7;

/// Strip places are means of a few strips, so halves, thirds, ... to sixths are counted exactly.
Distribution strips_distribution() { return {0, 400, 1.0 / 60}; }

/// Mean strip coordinate of the muon's hits in rows [begin, end).
std::optional<double> muon_place(std::span<const Hit> hits, const ImageShape& shape, int begin, int end) {
  double sum = 0;
  int count = 0;
  for (const Hit hit : hits) {
    const int layer = hit.cell() / shape.strips;
    if (hit.origin() != HitOrigin::muon || layer < begin || layer >= end) continue;
    sum += hit.cell() % shape.strips + 0.5;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

void count(Counts& counts, std::size_t n) {
  if (counts.size() <= n) counts.resize(n + 1, 0);
  ++counts[n];
}

void add_shift(Observations& o, const Muon& muon, double shift) {
  for (std::size_t i = 0; i < measured::shifts.size(); ++i)
    if (std::abs(muon.pt_gev / measured::shifts[i].pt_gev - 1) < 0.05) o.shift_at_measured[i].add(std::abs(shift));
  const int shift_bin = bin_of(o.shift.edges_gev, muon.pt_gev);
  if (shift_bin >= 0) o.shift.bins[static_cast<std::size_t>(shift_bin)].add(std::abs(shift));
  const int field_bin = bin_of(o.field_t.edges_gev, muon.pt_gev);
  if (field_bin < 0) return;
  // B of delta(eta) = 0.15 B (R - R0)^2 / (pT R sin theta). The shift has the sign of the charge.
  const double delta = shift * o.shape.eta_pitch * muon.charge, depth = bo_radius_m - field_begins_m;
  o.field_t.bins[static_cast<std::size_t>(field_bin)].add(delta * muon.pt_gev * bo_radius_m /
                                                          std::cosh(double{muon.eta}) / (0.15 * depth * depth));
}

void add_muon(Observations& o, const Muon& muon, std::span<const Hit> hits) {
  const auto inner = muon_place(hits, o.shape, bi_begin, bi_end), outer = muon_place(hits, o.shape, bo_begin, bo_end);
  if (inner && outer) add_shift(o, muon, *outer - *inner);
  const double eta_hi = o.shape.eta_first + o.shape.strips * o.shape.eta_pitch;
  const int bin = bin_of(o.seen.edges_gev, muon.pt_gev);
  if (bin >= 0 && muon.eta >= o.shape.eta_first + edge_eta && muon.eta <= eta_hi - edge_eta)
    o.seen.bins[static_cast<std::size_t>(bin)].add(inner && outer);
  if (inner && muon.pt_gev >= straight_above_gev)
    o.scatter.add(std::abs(*inner - (muon.eta - o.shape.eta_first) / o.shape.eta_pitch));
}

void add_noise(Observations& o, std::span<const Hit> hits) {
  const auto clusters = find_clusters(hits, o.shape);
  for (const Cluster& cluster : clusters) count(o.noise_widths, static_cast<std::size_t>(cluster.width));
  count(o.noise_clusters, clusters.size());
  count(o.noise_strips, hits.size());
}

/// Share of the muons with at least half of their hits in the most active window.
Share containment(const EventBatch& events, const ImageShape& shape, int window, int stride) {
  WindowSearch search(shape, window, stride);
  std::vector<std::uint16_t> columns;
  Share share;
  for (std::size_t event = 0; event < events.size(); ++event) {
    const auto muons = muons_of(events, event);
    if (muons.size() != 1 || muons[0].pt_gev < contained_above_gev || muons[0].eta < shape.eta_first ||
        muons[0].eta > shape.eta_first + shape.strips * shape.eta_pitch)
      continue;
    columns.clear();
    const auto hits = hits_of(events, event);
    for (const Hit hit : hits) columns.push_back(static_cast<std::uint16_t>(hit.cell() % shape.strips));
    const int start = search.start(columns);
    int inside = 0, all = 0;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      if (hits[i].origin() != HitOrigin::muon) continue;
      ++all;
      inside += columns[i] >= start && columns[i] < start + window;
    }
    share.add(all > 0 && 2 * inside >= all);
  }
  return share;
}

}  // namespace

Observations::Observations(const ImageShape& image)
    : shape(image),
      shift_at_measured(measured::shifts.size(), strips_distribution()),
      shift{{3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, {}},
      field_t{{3.5, 5, 6, 12, 20}, {}},
      seen{{2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20}, {}},
      scatter(strips_distribution()),
      windows{16, 24, 32, 48},
      strides{1, 2, 4, 8, 16, 32},
      contained(windows.size() * strides.size()) {
  if (image.layers != 9)
    throw Error("validation needs the nine layers of the barrel", "the events have " + std::to_string(image.layers),
                "");
  shift.bins.assign(shift.edges_gev.size() - 1, strips_distribution());
  field_t.bins.assign(field_t.edges_gev.size() - 1, Distribution(-10, 10, 0.001));
  seen.bins.resize(seen.edges_gev.size() - 1);
}

void Observations::add(const EventBatch& batch, int threads) {
  for (std::size_t event = 0; event < batch.size(); ++event) {
    const auto hits = hits_of(batch, event);
    const auto muons = muons_of(batch, event);
    if (muons.empty()) add_noise(*this, hits);
    if (muons.size() == 1) add_muon(*this, muons[0], hits);
    if (muons.empty()) continue;
    for (const Cluster& cluster : find_clusters(hits, shape))
      if (cluster.origin == HitOrigin::muon) count(muon_widths, static_cast<std::size_t>(cluster.width));
  }
  parallel_for(contained.size(), threads, [&](std::size_t i) {
    const Share more = containment(batch, shape, windows[i / strides.size()], strides[i % strides.size()]);
    contained[i].passed += more.passed;
    contained[i].all += more.all;
  });
  events += batch.size();
}

int bin_of(const std::vector<double>& edges, double value) {
  const auto above = std::upper_bound(edges.begin(), edges.end(), value);
  return above == edges.end() ? -1 : static_cast<int>(above - edges.begin()) - 1;
}

}  // namespace lutra
