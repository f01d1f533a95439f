#include "validate/validate.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "base/error.h"
#include "event/clusters.h"
#include "fragment/fragment.h"
#include "validate/statistics.h"

namespace lutra {
namespace {

// Rows of the image: inner triplet BI, middle doublets, outer doublet BO.
constexpr int bi_begin = 0, bi_end = 3, bo_begin = 7, bo_end = 9;

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

/// One muon in an image.
struct Sight {
  Muon muon;
  double muon_hits = 0;
  std::optional<double> inner, outer;  // strip coordinates in BI and BO
  std::optional<double> shift() const { return inner && outer ? std::optional(*outer - *inner) : std::nullopt; }
};

std::vector<Sight> single_muons(const EventBatch& events, const ImageShape& shape) {
  std::vector<Sight> sights;
  for (std::size_t event = 0; event < events.size(); ++event) {
    if (muons_of(events, event).size() != 1) continue;
    const auto hits = hits_of(events, event);
    Sight sight{muons_of(events, event)[0], 0, muon_place(hits, shape, bi_begin, bi_end),
                muon_place(hits, shape, bo_begin, bo_end)};
    for (const Hit hit : hits) sight.muon_hits += hit.origin() == HitOrigin::muon;
    sights.push_back(sight);
  }
  return sights;
}

/// Single events were measured: the toy agrees when its median is within a factor 1.5 of them. Scattering, eta and phi
/// spread the shift of one muon by about that much.
void add_shifts(const std::vector<Sight>& sights, std::vector<Check>& checks) {
  struct Measured {
    double pt_gev, strips;
  };
  for (const Measured m : {Measured{19.4, 9}, {16.3, 10}, {14.0, 15}, {12.2, 17}, {7.9, 17}, {4.6, 36}, {3.5, 82}}) {
    std::vector<double> shifts;
    for (const Sight& sight : sights)
      if (std::abs(sight.muon.pt_gev / m.pt_gev - 1) < 0.05 && sight.shift())
        shifts.push_back(std::abs(*sight.shift()));
    if (shifts.size() < 20) continue;
    checks.push_back(median_check({fmt::format("BI-to-BO shift at {} GeV, median [strips]", m.pt_gev),
                                   fmt::format("{} (one event)", m.strips), m.strips / 1.5, m.strips * 1.5},
                                  shifts));
  }
}

/// B of delta(eta) = 0.15 B (R - R0)^2 / (pT R sin theta), event by event. The shift has the sign of the charge.
void add_effective_field(const std::vector<Sight>& sights, const ImageShape& shape, std::vector<Check>& checks) {
  const auto field = [&](double pt_lo, double pt_hi) {
    std::vector<double> values;
    const double r = 9.81, r0 = 4.7;
    for (const Sight& sight : sights) {
      const Muon& m = sight.muon;
      if (m.pt_gev < pt_lo || m.pt_gev > pt_hi || !sight.shift()) continue;
      const double delta = *sight.shift() * shape.eta_pitch * m.charge;
      values.push_back(delta * m.pt_gev * r / std::cosh(double{m.eta}) / (0.15 * (r - r0) * (r - r0)));
    }
    return values;
  };
  const auto add = [&](const char* name, const std::vector<double>& values, double lo, double hi) {
    if (values.size() >= 20) checks.push_back(median_check({name, "0.7 to 1.1, more at low pT", lo, hi}, values));
  };
  add("effective field, 12 to 20 GeV, median [T]", field(12, 20), 0.7, 1.0);
  add("effective field, 6 to 12 GeV, median [T]", field(6, 12), 0.7, 1.1);
  add("effective field, 3.5 to 5 GeV, median [T]", field(3.5, 5), 0.9, 1.5);
}

void add_acceptance(const std::vector<Sight>& sights, const ImageShape& shape, std::vector<Check>& checks) {
  const double eta_hi = shape.eta_first + shape.strips * shape.eta_pitch;
  const auto add = [&](double pt_lo, double pt_hi, const char* measured, double lo, double hi) {
    std::uint64_t seen = 0, all = 0;
    for (const Sight& sight : sights) {
      const Muon& m = sight.muon;
      if (m.pt_gev < pt_lo || m.pt_gev >= pt_hi || m.eta < shape.eta_first + 0.05 || m.eta > eta_hi - 0.05) continue;
      ++all;
      seen += sight.inner && sight.outer;
    }
    if (all >= 20)
      checks.push_back(fraction_check(
          {fmt::format("muons of {} to {} GeV seen in BI and BO", pt_lo, pt_hi), measured, lo, hi}, seen, all));
  };
  add(2, 3, "mostly lost", 0, 0.4);
  add(3, 4, "partly lost", 0.2, 0.8);
  add(4, 5, "progressively lost", 0.5, 0.93);
  add(10, 20, "plateau of the best network 0.88 to 0.95", 0.85, 0.97);
}

void add_scatter(const std::vector<Sight>& sights, const ImageShape& shape, std::vector<Check>& checks) {
  std::vector<double> residuals;
  for (const Sight& sight : sights) {
    if (sight.muon.pt_gev < 10 || !sight.inner) continue;
    const double expected = (sight.muon.eta - shape.eta_first) / shape.eta_pitch;
    residuals.push_back(std::abs(*sight.inner - expected));
  }
  if (residuals.size() >= 20)
    checks.push_back(median_check(
        {"distance of BI hits from strip 392 (eta - 0.065) above 10 GeV, median [strips]", "a few", 1, 5}, residuals));
}

/// Widths as fractions; classes end at the given widths, the last one is open.
void add_widths(const std::vector<int>& widths, const std::string& what, const std::vector<int>& classes,
                const std::vector<double>& measured, std::vector<Check>& checks) {
  if (widths.size() < 100) return;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const bool is_last = k + 1 == classes.size();
    std::uint64_t count = 0;
    for (const int width : widths) count += is_last ? width >= classes[k] : width == classes[k];
    checks.push_back(fraction_check({fmt::format("{} of width {}{}", what, is_last ? ">= " : "", classes[k]),
                                     fmt::format("{:.2f}", measured[k]), measured[k] - 0.02, measured[k] + 0.02},
                                    count, widths.size()));
  }
}

void add_muon_clusters(const EventBatch& events, const ImageShape& shape, std::vector<Check>& checks) {
  std::vector<int> widths;
  for (std::size_t event = 0; event < events.size(); ++event)
    for (const Cluster& cluster : find_clusters(hits_of(events, event), shape))
      if (cluster.origin == HitOrigin::muon) widths.push_back(cluster.width);
  add_widths(widths, "muon clusters", {1, 2, 3, 4}, {0.67, 0.22, 0.08, 0.03}, checks);
}

void add_noise(const EventBatch& events, const ImageShape& shape, std::vector<Check>& checks) {
  std::vector<int> widths;
  std::vector<double> clusters, strips;
  for (std::size_t event = 0; event < events.size(); ++event) {
    if (!muons_of(events, event).empty()) continue;
    const auto found = find_clusters(hits_of(events, event), shape);
    for (const Cluster& cluster : found) widths.push_back(cluster.width);
    clusters.push_back(static_cast<double>(found.size()));
    strips.push_back(static_cast<double>(hits_of(events, event).size()));
  }
  if (clusters.size() < 20) return;
  checks.push_back(mean_check({"noise clusters per image", "8.1", 7.8, 8.4}, clusters));
  const double mean = checks.back().toy;
  for (double& value : clusters) value = (value - mean) * (value - mean) / mean;
  checks.push_back(mean_check({"variance / mean of their number", "about Poisson", 0.9, 1.1}, clusters));
  checks.push_back(mean_check({"noise strips per image", "about 17", 16, 18.5}, strips));
  add_widths(widths, "noise clusters", {1, 2, 3, 4, 6}, {0.29, 0.44, 0.12, 0.13, 0.02}, checks);
}

/// Share of muons above 6 GeV with at least half their hits in the fragment, for several strides.
void add_containment(const EventBatch& events, const ImageShape& shape, int threads, std::vector<Check>& checks) {
  for (const int stride : {1, 4, 16}) {
    FragmentConfig config;
    config.stride = stride;
    const Dataset data = fragment(events, shape, config, threads);
    const Column& containment = *find_column(data, "containment");
    std::uint64_t contained = 0, all = 0;
    for (std::size_t event = 0; event < data.size(); ++event) {
      if (muons_of(events, event).size() != 1 || data.truth[2 * event] < 6) continue;
      const double eta = data.truth[2 * event + 1];
      if (eta < shape.eta_first || eta > shape.eta_first + shape.strips * shape.eta_pitch) continue;
      ++all;
      contained += containment.values[event] >= 0.5f;
    }
    if (all >= 20)
      checks.push_back(fraction_check(
          {fmt::format("half of the muon's hits inside the fragment, stride {}", stride), "more than 0.90", 0.90, 1},
          contained, all));
  }
}

}  // namespace

std::vector<Check> validate(const EventBatch& events, const ImageShape& shape, int threads) {
  if (shape.layers != 9)
    throw Error("validation needs the nine layers of the barrel", "the events have " + std::to_string(shape.layers),
                "");
  if (events.size() == 0) throw Error("validation needs events", "there are none", "Simulate some");
  const std::vector<Sight> sights = single_muons(events, shape);
  std::vector<Check> checks;
  add_shifts(sights, checks);
  add_effective_field(sights, shape, checks);
  add_acceptance(sights, shape, checks);
  add_scatter(sights, shape, checks);
  add_muon_clusters(events, shape, checks);
  add_noise(events, shape, checks);
  add_containment(events, shape, threads, checks);
  return checks;
}

Json checks_to_json(const std::vector<Check>& checks) {
  Json list = Json::array();
  std::size_t agree = 0;
  for (const Check& c : checks) {
    list.push_back({{"quantity", c.quantity},
                    {"measured", c.measured},
                    {"lo", c.lo},
                    {"hi", c.hi},
                    {"toy", c.toy},
                    {"toy_lo", c.toy_lo},
                    {"toy_hi", c.toy_hi},
                    {"agrees", c.agrees()}});
    agree += c.agrees();
  }
  return {{"checks", list}, {"agree", agree}, {"of", checks.size()}};
}

std::string checks_to_markdown(const std::vector<Check>& checks) {
  std::string text = "| quantity | measured | agrees within | toy (95 % interval) | agrees |\n|---|---|---|---|---|\n";
  for (const Check& c : checks)
    text += fmt::format("| {} | {} | {:.4g} to {:.4g} | {:.4g} ({:.4g} to {:.4g}) | {} |\n", c.quantity, c.measured,
                        c.lo, c.hi, c.toy, c.toy_lo, c.toy_hi, c.agrees() ? "yes" : "no");
  return text;
}

}  // namespace lutra
