#include "validate/validate.h"

#include <fmt/format.h>

#include "base/error.h"
#include "validate/measured.h"
#include "validate/statistics.h"

namespace lutra {
namespace {

constexpr std::uint64_t few_muons = 20, few_clusters = 100;  // fewer are not compared

/// Single events were measured: the toy agrees when its median is within a factor of them.
void add_shifts(const Observations& o, std::vector<Check>& checks) {
  for (std::size_t i = 0; i < measured::shifts.size(); ++i) {
    const auto& [pt_gev, strips] = measured::shifts[i];
    if (o.shift_at_measured[i].size() < few_muons) continue;
    checks.push_back(median_check(
        {fmt::format("BI-to-BO shift at {} GeV, median [strips]", pt_gev), fmt::format("{} (one event)", strips),
         strips / measured::shift_factor, strips * measured::shift_factor},
        o.shift_at_measured[i]));
  }
}

void add_effective_field(const Observations& o, std::vector<Check>& checks) {
  const auto add = [&](double pt_gev, const char* range, double lo, double hi) {
    const Distribution& field = o.field_t.bins[static_cast<std::size_t>(bin_of(o.field_t.edges_gev, pt_gev))];
    if (field.size() < few_muons) return;
    checks.push_back(median_check(
        {fmt::format("effective field, {} GeV, median [T]", range), "0.7 to 1.1, more at low pT", lo, hi}, field));
  };
  add(16, "12 to 20", 0.7, 1.0);
  add(9, "6 to 12", 0.7, 1.1);
  add(4, "3.5 to 5", 0.9, 1.5);
}

/// The share of bins that lie inside [lo, hi).
Share share_between(const ByPt<Share>& by_pt, double lo, double hi) {
  Share sum;
  for (std::size_t i = 0; i < by_pt.bins.size(); ++i) {
    if (by_pt.edges_gev[i] < lo || by_pt.edges_gev[i + 1] > hi) continue;
    sum.passed += by_pt.bins[i].passed;
    sum.all += by_pt.bins[i].all;
  }
  return sum;
}

void add_acceptance(const Observations& o, std::vector<Check>& checks) {
  for (const measured::Acceptance& known : measured::acceptance) {
    const Share share = share_between(o.seen, known.pt_lo_gev, known.pt_hi_gev);
    if (share.all >= few_muons)
      checks.push_back(
          fraction_check({fmt::format("muons of {} to {} GeV seen in BI and BO", known.pt_lo_gev, known.pt_hi_gev),
                          known.words, known.lo, known.hi},
                         share));
  }
}

void add_widths(const Counts& counts, const std::string& what, std::span<const int> classes,
                std::span<const double> known, std::vector<Check>& checks) {
  if (total(counts) < few_clusters) return;
  const std::vector<Share> shares = in_classes(counts, classes);
  for (std::size_t k = 0; k < classes.size(); ++k)
    checks.push_back(
        fraction_check({fmt::format("{} of width {}{}", what, k + 1 == classes.size() ? ">= " : "", classes[k]),
                        fmt::format("{:.2f}", known[k]), known[k] - measured::fraction_tolerance,
                        known[k] + measured::fraction_tolerance},
                       shares[k]));
}

void add_noise(const Observations& o, std::vector<Check>& checks) {
  if (total(o.noise_clusters) < few_muons) return;
  const auto itself = [](double n) { return n; };
  checks.push_back(
      mean_check({"noise clusters per image", fmt::format("{}", measured::noise_clusters_per_image), 7.8, 8.4},
                 o.noise_clusters, itself));
  const double mean = checks.back().toy;
  checks.push_back(mean_check({"variance / mean of their number", "about Poisson", 0.9, 1.1}, o.noise_clusters,
                              [&](double n) { return (n - mean) * (n - mean) / mean; }));
  checks.push_back(mean_check({"noise strips per image", "about 17", 16, 18.5}, o.noise_strips, itself));
  add_widths(o.noise_widths, "noise clusters", measured::noise_widths, measured::noise_width_fractions, checks);
}

/// With the study's window of 32 columns.
void add_containment(const Observations& o, std::vector<Check>& checks) {
  for (std::size_t i = 0; i < o.contained.size(); ++i) {
    const int window = o.windows[i / o.strides.size()], stride = o.strides[i % o.strides.size()];
    if (window != 32 || (stride != 1 && stride != 4 && stride != 16) || o.contained[i].all < few_muons) continue;
    checks.push_back(fraction_check({fmt::format("half of the muon's hits inside the fragment, stride {}", stride),
                                     fmt::format("more than {:.2f}", measured::contained), measured::contained, 1},
                                    o.contained[i]));
  }
}

}  // namespace

std::vector<Check> validate(const Observations& observed) {
  if (observed.events == 0) throw Error("validation needs events", "there are none", "Simulate some");
  std::vector<Check> checks;
  add_shifts(observed, checks);
  add_effective_field(observed, checks);
  add_acceptance(observed, checks);
  if (observed.scatter.size() >= few_muons)
    checks.push_back(
        median_check({"distance of BI hits from strip 392 (eta - 0.065) above 10 GeV, median [strips]", "a few", 1, 5},
                     observed.scatter));
  add_widths(observed.muon_widths, "muon clusters", measured::muon_widths, measured::muon_width_fractions, checks);
  add_noise(observed, checks);
  add_containment(observed, checks);
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
