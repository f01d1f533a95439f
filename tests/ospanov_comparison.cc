#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "base/artifact.h"
#include "base/random.h"
#include "event/clusters.h"
#include "ospanov_csv.h"
#include "simulate/simulate.h"
#include "validate/distribution.h"
#include "validate/plot.h"

/// ospanov_comparison CSV DETECTOR EVENTS SVG: simulates the six-plane toy, makes candidates as its authors do, and
/// prints how they compare with the authors' own (docs/validation.md).
namespace {

using namespace lutra;
using ospanov::Row;

constexpr double radii_m[3] = {6.81, 7.51, 9.81};
constexpr double field_begins_m = 6;
constexpr double their_events = 200000;

/// Hits of both planes of a doublet that lie side by side.
struct Doublet {
  double z_m = 0;
  int hits = 0, noise = 0;
};

/// The strip of a hit: columns are narrower than strips, so the strip whose centre marked a column holds the column's.
int strip_of(Hit hit, const DetectorConfig& detector, int station) {
  const double eta = detector.eta_first + (hit.cell() % detector.strips + 0.5) * detector.eta_pitch;
  const auto plane = static_cast<std::size_t>(hit.cell() / detector.strips % 2);
  const double radius_m = detector.stations[static_cast<std::size_t>(station)].plane_radii_m[plane];
  return static_cast<int>(std::floor(radius_m * std::sinh(eta) * 1000 / detector.strip_length_mm));
}

/// Clusters of one doublet: hits within one strip of each other, in either plane.
std::vector<Doublet> doublets(std::span<const Hit> hits, const DetectorConfig& detector, int station) {
  std::vector<std::pair<int, bool>> strips;
  for (const Hit hit : hits)
    if (hit.cell() / detector.strips / 2 == station)
      strips.emplace_back(strip_of(hit, detector, station), hit.origin() == HitOrigin::electronic);
  std::sort(strips.begin(), strips.end());
  std::vector<Doublet> found;
  for (std::size_t i = 0; i < strips.size(); ++i) {
    if (i == 0 || strips[i].first > strips[i - 1].first + 1) found.emplace_back();
    Doublet& d = found.back();
    const double z_m = (strips[i].first + 0.5) * detector.strip_length_mm / 1000;
    d.z_m = (d.z_m * d.hits + z_m) / (d.hits + 1);
    ++d.hits;
    d.noise += strips[i].second;
  }
  return found;
}

const Doublet& nearest(const std::vector<Doublet>& clusters, double z_m) {
  return *std::min_element(clusters.begin(), clusters.end(), [&](const Doublet& a, const Doublet& b) {
    return std::abs(a.z_m - z_m) < std::abs(b.z_m - z_m);
  });
}

/// Every RPC2 cluster with the clusters of RPC1 and RPC3 nearest to its line from the origin, within 0.15 and 0.6 m.
void add_candidates(const Muon& muon, std::span<const Hit> hits, const DetectorConfig& detector,
                    std::vector<Row>& rows) {
  const auto first = doublets(hits, detector, 0), seeds = doublets(hits, detector, 1),
             last = doublets(hits, detector, 2);
  if (first.empty() || last.empty()) return;
  for (const Doublet& seed : seeds) {
    const double line1 = seed.z_m * radii_m[0] / radii_m[1], line3 = seed.z_m * radii_m[2] / radii_m[1];
    const Doublet &one = nearest(first, line1), &three = nearest(last, line3);
    const double dz1 = line1 - one.z_m, dz3 = line3 - three.z_m;
    if (std::abs(dz1) >= 0.15 || std::abs(dz3) >= 0.6) continue;
    const auto is_noise = [](const Doublet& d) { return d.hits == d.noise; };
    rows.push_back({(seed.z_m - 4) / 2, dz1 / 0.04, dz3 / 0.16, 10.0 * muon.charge / muon.pt_gev,
                    2 * std::atan(std::exp(-double{muon.eta})), double(seed.hits + one.hits + three.hits),
                    double(seed.noise + one.noise + three.noise), double(is_noise(seed)),
                    double(is_noise(seed) || is_noise(one) || is_noise(three))});
  }
}

/// Their muons are flat in pT (3 to 30 GeV) and in the polar angle (40 to 85 degrees); ours are flat in eta, so
/// d(theta) = sin(theta) d(eta) of them are kept. Returns the number of muons.
std::size_t simulate_candidates(SimulationConfig config, std::size_t events, std::vector<Row>& rows) {
  const auto eta_of = [](double degrees) { return -std::log(std::tan(degrees * M_PI / 360)); };
  config.muon.none = 0;
  config.muon.pt_hi_gev = 30;
  config.muon.eta_lo = eta_of(85);
  config.muon.eta_hi = eta_of(40);
  const EventBatch batch = simulate(config, 1, 0, events);
  std::size_t muons = 0;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Muon& muon = muons_of(batch, i)[0];
    if (!Random(1, RandomStream::split, i).chance(1 / std::cosh(double{muon.eta}))) continue;
    ++muons;
    add_candidates(muon, hits_of(batch, i), config.detector, rows);
  }
  return muons;
}

/// Candidates of one sample, summed up.
struct Sample {
  double candidates_per_muon = 0;
  double hits = 0, noise_hits = 0, noise_seed = 0, noise_cluster = 0;  // means
  std::vector<Distribution> dz1, dz3;  // [pT bins] along the charge [m], without noise clusters
  std::vector<Distribution> bend;      // [pT bins] of RPC3 over its closed form
};

const std::vector<double> pt_edges = {3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30};

/// z deviates from a straight line by (r - 6 m)^2 / (2 R sin^3 theta), R the radius of curvature: so far is RPC3 from
/// the line through RPC2, in units of 1 / (R sin^3 theta).
double lever_m2() {
  const auto bent = [](double r) { return (r - field_begins_m) * (r - field_begins_m) / 2; };
  return bent(radii_m[2]) - bent(radii_m[1]) * radii_m[2] / radii_m[1];
}

/// `radius_power`: R ~ pT / sin(theta)^power.
Sample sum_up(const std::vector<Row>& rows, double muons, double metres_per_gev, int radius_power) {
  Sample s{static_cast<double>(rows.size()) / muons, 0, 0, 0, 0, {}, {}, {}};
  s.dz1.assign(pt_edges.size() - 1, Distribution(-0.2, 0.2, 0.0005));
  s.dz3.assign(pt_edges.size() - 1, Distribution(-0.7, 0.7, 0.001));
  s.bend.assign(pt_edges.size() - 1, Distribution(-5, 5, 0.002));
  for (const Row& row : rows) {
    const double n = static_cast<double>(rows.size());
    s.hits += row[ospanov::hits] / n;
    s.noise_hits += row[ospanov::noise_hits] / n;
    s.noise_seed += row[ospanov::seed_is_noise] / n;
    s.noise_cluster += row[ospanov::has_noise_cluster] / n;
    const double q_over_pt = row[ospanov::ten_q_over_pt] / 10, pt = std::abs(1 / q_over_pt);
    const auto bin = std::upper_bound(pt_edges.begin(), pt_edges.end(), pt) - pt_edges.begin() - 1;
    if (row[ospanov::has_noise_cluster] != 0 || bin < 0 || bin >= std::ssize(s.dz1)) continue;
    const auto at = static_cast<std::size_t>(bin);
    const double charge = q_over_pt > 0 ? 1 : -1, sine = std::sin(row[ospanov::theta]);
    const double radius = metres_per_gev * pt / std::pow(sine, radius_power);
    s.dz1[at].add(charge * row[ospanov::dz_rpc1] * 0.04);
    s.dz3[at].add(-charge * row[ospanov::dz_rpc3] * 0.16);
    s.bend[at].add(-charge * row[ospanov::dz_rpc3] * 0.16 * radius * std::pow(sine, 3) / lever_m2());
  }
  return s;
}

double half_width(const Distribution& d) { return (d.quantile(0.8413) - d.quantile(0.1587)) / 2; }

std::string table(const Sample& theirs, const Sample& ours) {
  std::string text = "| quantity | their sample | ours |\n|---|---|---|\n";
  const auto row = [&](const std::string& what, double a, double b) {
    text += fmt::format("| {} | {:.4g} | {:.4g} |\n", what, a, b);
  };
  row("candidates per muon", theirs.candidates_per_muon, ours.candidates_per_muon);
  row("hits per candidate", theirs.hits, ours.hits);
  row("noise hits per candidate", theirs.noise_hits, ours.noise_hits);
  row("candidates whose seed is noise", theirs.noise_seed, ours.noise_seed);
  row("candidates with a noise cluster", theirs.noise_cluster, ours.noise_cluster);
  for (std::size_t i = 0; i + 1 < pt_edges.size(); ++i) {
    const std::string bin = fmt::format("{} to {} GeV", pt_edges[i], pt_edges[i + 1]);
    row("shift in RPC1, " + bin + ", median [mm]", 1000 * theirs.dz1[i].quantile(0.5),
        1000 * ours.dz1[i].quantile(0.5));
    row("shift in RPC3, " + bin + ", median [mm]", 1000 * theirs.dz3[i].quantile(0.5),
        1000 * ours.dz3[i].quantile(0.5));
    row("shift in RPC3 over the closed form, " + bin, theirs.bend[i].quantile(0.5), ours.bend[i].quantile(0.5));
    row("its half width, " + bin, half_width(theirs.bend[i]), half_width(ours.bend[i]));
  }
  return text;
}

Plot shift_plot(const Sample& theirs, const Sample& ours) {
  Plot plot{"ospanov",
            "Six-plane toy: distance of RPC3 from the line through RPC2 and the origin",
            {"true pT [GeV]", 3, 30, false, {3, 5, 10, 15, 20, 25, 30}, {}},
            {"shift along the charge [m]", 0, 0.6, false, {}, {}},
            {}};
  Series band{"ours, 16 % to 84 %", Mark::band, colour::blue, {}, {}, {}, {}};
  Series line{"ours, median", Mark::line, colour::blue, {}, {}, {}, {}};
  Series points{"Ospanov et al., median and 16 % to 84 %", Mark::points, colour::black, {}, {}, {}, {}};
  for (std::size_t i = 0; i + 1 < pt_edges.size(); ++i) {
    const double centre = (pt_edges[i] + pt_edges[i + 1]) / 2;
    for (const auto& [series, sample] : {std::pair{&band, &ours}, {&line, &ours}, {&points, &theirs}}) {
      series->x.push_back(centre);
      series->y.push_back(sample->dz3[i].quantile(0.5));
      if (series == &line) continue;
      series->lo.push_back(sample->dz3[i].quantile(0.1587));
      series->hi.push_back(sample->dz3[i].quantile(0.8413));
    }
  }
  plot.series = {band, line, points};
  return plot;
}

void compare(const std::string& csv, const std::string& detector, std::size_t events, const std::string& svg) {
  // Their circle has a radius of 6.6 m x pT; ours is that of a muon of momentum pT / sin(theta) in 0.5 T.
  const Sample theirs = sum_up(ospanov::read_csv(csv), their_events, 6.6, 0);
  const SimulationConfig config = read_detector(detector);
  std::vector<Row> rows;
  const double muons = static_cast<double>(simulate_candidates(config, events, rows));
  const Sample ours = sum_up(rows, muons, 1 / (0.299792458 * config.field.strength_t), 1);
  std::cout << table(theirs, ours);
  write_text_atomically(svg, plot_svg(shift_plot(theirs, ours)));
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 5) throw std::runtime_error("usage: ospanov_comparison CSV DETECTOR EVENTS SVG");
  compare(argv[1], argv[2], std::stoul(argv[3]), argv[4]);
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 2;
}
