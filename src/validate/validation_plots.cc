#include "validate/validation_plots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "validate/measured.h"
#include "validate/statistics.h"

namespace lutra {
namespace {

constexpr std::uint64_t few = 20;  // a bin with fewer entries is not drawn

double value_of(const Share& share) { return static_cast<double>(share.passed) / static_cast<double>(share.all); }

void add_share(Series& series, double x, const Share& share) {
  const ConfidenceInterval interval = wilson(share);
  series.x.push_back(x);
  series.y.push_back(value_of(share));
  series.lo.push_back(interval.lo);
  series.hi.push_back(interval.hi);
}

template <class T>
double centre(const ByPt<T>& by_pt, std::size_t bin) {
  return (by_pt.edges_gev[bin] + by_pt.edges_gev[bin + 1]) / 2;
}

Plot shift_plot(const Observations& o) {
  Series band{"toy, 16 % to 84 % of the muons", Mark::band, colour::blue, {}, {}, {}, {}};
  Series median{"toy, median", Mark::line, colour::blue, {}, {}, {}, {}};
  for (std::size_t i = 0; i < o.shift.bins.size(); ++i) {
    const Distribution& shifts = o.shift.bins[i];
    if (shifts.size() < few) continue;
    for (Series* s : {&band, &median}) s->x.push_back(centre(o.shift, i));
    median.y.push_back(shifts.quantile(0.5));
    band.lo.push_back(shifts.quantile(0.1587));
    band.hi.push_back(shifts.quantile(0.8413));
  }
  Series events{"measured, one event each", Mark::points, colour::black, {}, {}, {}, {}};
  for (const measured::Shift& m : measured::shifts) {
    events.x.push_back(m.pt_gev);
    events.y.push_back(m.strips);
  }
  return {"shift",
          "Bending: shift of the outer against the inner chambers",
          {"true pT [GeV]", 3, 20, false, {3, 4, 6, 8, 10, 12, 14, 16, 18, 20}, {}},
          {"|BI-to-BO shift| [strips]", 4, 200, true, {5, 10, 20, 50, 100, 200}, {}},
          {band, median, events}};
}

Plot acceptance_plot(const Observations& o) {
  Plot plot{"acceptance",
            "Acceptance: muons with hits in BI and in BO",
            {"true pT [GeV]", 2, 20, false, {2, 4, 6, 8, 10, 12, 14, 16, 18, 20}, {}},
            {"fraction of muons", 0, 1, false, {}, {}},
            {}};
  bool first = true;
  for (const measured::Acceptance& known : measured::acceptance) {
    plot.series.push_back({first ? "what is known (in words), as ranges" : "",
                           Mark::band,
                           colour::grey,
                           {known.pt_lo_gev, known.pt_hi_gev},
                           {},
                           {known.lo, known.lo},
                           {known.hi, known.hi}});
    first = false;
  }
  Series toy{"toy, with 95 % intervals", Mark::points, colour::blue, {}, {}, {}, {}};
  for (std::size_t i = 0; i < o.seen.bins.size(); ++i)
    if (o.seen.bins[i].all >= few) add_share(toy, centre(o.seen, i), o.seen.bins[i]);
  plot.series.push_back(toy);
  return plot;
}

Plot width_plot(const char* name, const char* title, const Counts& counts, std::span<const int> classes,
                std::span<const double> known) {
  Series toy{"toy, with 95 % intervals", Mark::bars, colour::blue, {}, {}, {}, {}};
  Series real{"measured; 0.02 either way agrees", Mark::points, colour::black, {}, {}, {}, {}};
  PlotAxis x{"cluster width [strips]", 0.4, static_cast<double>(classes.size()) + 0.6, false, {}, {}};
  const std::vector<Share> shares = in_classes(counts, classes);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const double place = static_cast<double>(k + 1);
    add_share(toy, place, shares[k]);
    real.x.push_back(place);
    real.y.push_back(known[k]);
    real.lo.push_back(known[k] - measured::fraction_tolerance);
    real.hi.push_back(known[k] + measured::fraction_tolerance);
    x.ticks.push_back(place);
    x.tick_labels.push_back(fmt::format("{}{}", k + 1 == classes.size() ? "≥ " : "", classes[k]));
  }
  const double highest =
      std::max(*std::max_element(known.begin(), known.end()), *std::max_element(toy.y.begin(), toy.y.end()));
  return {name, title, x, {"fraction of clusters", 0, std::ceil(highest * 10 + 0.5) / 10, false, {}, {}}, {toy, real}};
}

Plot noise_plot(const Observations& o) {
  Series toy{"toy, images without a muon, 95 % intervals", Mark::bars, colour::blue, {}, {}, {}, {}};
  Series poisson{fmt::format("Poisson of the measured mean {}", measured::noise_clusters_per_image),
                 Mark::points,
                 colour::black,
                 {},
                 {},
                 {},
                 {}};
  double chance = std::exp(-measured::noise_clusters_per_image), highest = 0;
  for (int n = 0; n <= 22; ++n) {
    if (n > 0) chance *= measured::noise_clusters_per_image / n;
    poisson.x.push_back(n);
    poisson.y.push_back(chance);
    const auto at = static_cast<std::size_t>(n);
    add_share(toy, n, {at < o.noise_clusters.size() ? o.noise_clusters[at] : 0, total(o.noise_clusters)});
    highest = std::max({highest, chance, toy.y.back()});
  }
  return {"noise_multiplicity",
          "Noise: clusters per image",
          {"clusters per image", -0.6, 22.6, false, {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22}, {}},
          {"fraction of images", 0, std::ceil(highest * 50 + 0.5) / 50, false, {}, {}},
          {toy, poisson}};
}

Plot containment_plot(const Observations& o) {
  constexpr const char* colours[] = {colour::red, colour::orange, colour::blue, colour::green};
  Plot plot{"containment",
            "Fragments: muons above 6 GeV with half of their hits inside",
            {"stride of the window search [columns]", 0.9, 36, true, {}, {}},
            {"fraction of muons", 0.6, 1, false, {}, {}},
            {}};
  for (const int stride : o.strides) plot.x.ticks.push_back(stride);
  plot.series.push_back({"published, 32 columns, any stride: > 0.90",
                         Mark::dashed,
                         colour::black,
                         {0.9, 36},
                         {measured::contained, measured::contained},
                         {},
                         {}});
  for (std::size_t w = 0; w < o.windows.size(); ++w) {
    Series points{"", Mark::points, colours[w % std::size(colours)], {}, {}, {}, {}};
    for (std::size_t s = 0; s < o.strides.size(); ++s)
      add_share(points, o.strides[s], o.contained[w * o.strides.size() + s]);
    Series line = points;
    line.mark = Mark::line;
    points.name = fmt::format("toy, window of {} columns", o.windows[w]);
    plot.series.push_back(line);
    plot.series.push_back(points);
  }
  return plot;
}

}  // namespace

std::vector<Plot> validation_plots(const Observations& o) {
  std::vector<Plot> plots;
  if (std::any_of(o.shift.bins.begin(), o.shift.bins.end(), [](auto& bin) { return bin.size() >= few; }))
    plots.push_back(shift_plot(o));
  if (std::any_of(o.seen.bins.begin(), o.seen.bins.end(), [](auto& bin) { return bin.all >= few; }))
    plots.push_back(acceptance_plot(o));
  if (total(o.muon_widths) >= few)
    plots.push_back(width_plot("muon_widths", "Width of muon clusters", o.muon_widths, measured::muon_widths,
                               measured::muon_width_fractions));
  if (total(o.noise_widths) >= few)
    plots.push_back(width_plot("noise_widths", "Width of noise clusters", o.noise_widths, measured::noise_widths,
                               measured::noise_width_fractions));
  if (total(o.noise_clusters) >= few) plots.push_back(noise_plot(o));
  if (o.contained.front().all >= few) plots.push_back(containment_plot(o));
  return plots;
}

}  // namespace lutra
