#include "physics/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace lutra {
namespace {

void check_length(const std::vector<double>& values, std::size_t events, const char* what, bool may_be_empty) {
  if (values.size() == events || (may_be_empty && values.empty())) return;
  throw Error(std::string("predictions are inconsistent: ") + what,
              std::to_string(values.size()) + " values for " + std::to_string(events) + " events", "");
}

void check_finite(const std::vector<double>& values, const char* what) {
  const auto bad = std::find_if(values.begin(), values.end(), [](double v) { return !std::isfinite(v); });
  if (bad == values.end()) return;
  throw Error(std::string(what) + " of event " + std::to_string(bad - values.begin()) + " is not a number", "",
              "The network diverged: train it again with a smaller learning rate");
}

void check(const Predictions& predictions, const MetricsConfig& config) {
  if (predictions.size() == 0) throw Error("there are no events to evaluate", "", "Simulate more events");
  check_length(predictions.true_pt_gev, predictions.size(), "true pT", false);
  check_length(predictions.pt_gev, predictions.size(), "predicted pT", false);
  check_length(predictions.true_eta, predictions.size(), "true eta", true);
  check_length(predictions.eta, predictions.size(), "predicted eta", true);
  check_length(predictions.containment, predictions.size(), "containment", true);
  check_finite(predictions.pt_gev, "predicted pT");
  check_finite(predictions.eta, "predicted eta");
  const std::vector<double>& bins = config.bins_gev;
  if (bins.size() < 2 || std::adjacent_find(bins.begin(), bins.end(), std::greater_equal<>()) != bins.end())
    throw Error("bins_gev must be at least two rising numbers", "", "");
  if (!(config.fiducial_eta_lo < config.fiducial_eta_hi))
    throw Error("fiducial_eta_lo must be below fiducial_eta_hi", "", "");
  if (!(config.plateau_lo_gev < config.plateau_hi_gev))
    throw Error("plateau_lo_gev must be below plateau_hi_gev", "", "");
}

/// Muon-less events, and muons that point into the fiducial region.
Predictions fiducial(const Predictions& all, const MetricsConfig& config) {
  Predictions kept;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double eta = all.true_eta.empty() ? config.fiducial_eta_lo : std::abs(all.true_eta[i]);
    if (all.has_muon[i] != 0 && (eta < config.fiducial_eta_lo || eta > config.fiducial_eta_hi)) continue;
    kept.has_muon.push_back(all.has_muon[i]);
    kept.true_pt_gev.push_back(all.true_pt_gev[i]);
    kept.pt_gev.push_back(all.pt_gev[i]);
    if (!all.true_eta.empty()) kept.true_eta.push_back(all.true_eta[i]);
    if (!all.eta.empty()) kept.eta.push_back(all.eta[i]);
    if (!all.containment.empty()) kept.containment.push_back(all.containment[i]);
  }
  return kept;
}

Count half_contained(const Predictions& predictions) {
  Count count;
  for (std::size_t i = 0; i < predictions.containment.size(); ++i) {
    if (!predictions.has_muon[i]) continue;
    ++count.total;
    count.passed += predictions.containment[i] >= 0.5;
  }
  return count;
}

Json residual_json(const std::vector<double>& bins_gev, const ResidualCurve& curve) {
  Json json = curve_to_json(bins_gev, curve.width);
  json["bias"] = Json::array();
  for (const double bias : curve.bias) json["bias"].push_back(number_or_null(bias));
  return json;
}

Json rate_json(const TriggerRate& rate) {
  return {{"muon_khz", number_or_null(rate.muon_khz.value)},
          {"muon_khz_interval", interval_to_json(rate.muon_khz)},
          {"fake_khz", number_or_null(rate.fake_khz.value)},
          {"fake_khz_interval", interval_to_json(rate.fake_khz)},
          {"true_khz", rate.true_khz}};
}

void put(Json& json, const char* name, const Estimate& estimate) {
  json[name] = number_or_null(estimate.value);
  json[std::string(name) + "_interval"] = interval_to_json(estimate);
}

}  // namespace

void describe(Fields& f, MetricsConfig& config) {
  f.number("threshold_gev", config.threshold_gev, {0, 1000}, "the trigger accepts predicted pT above it [GeV]");
  f.numbers("bins_gev", config.bins_gev, {0, 1000}, "edges of the bins in true pT, rising [GeV]");
  f.number("plateau_lo_gev", config.plateau_lo_gev, {0, 1000}, "the plateau is the efficiency from this true pT [GeV]");
  f.number("plateau_hi_gev", config.plateau_hi_gev, {0, 1000}, "up to this one [GeV]");
  f.number("fiducial_eta_lo", config.fiducial_eta_lo, {0, 10},
           "muons count from this |eta|: below it there are no chambers");
  f.number("fiducial_eta_hi", config.fiducial_eta_hi, {0, 10}, "up to this one");
  f.number("confidence", config.confidence, {0.01, 0.9999}, "probability content of every interval");
  f.group("rate", "accepted rate over a falling spectrum", [&] { describe(f, config.rate); });
}

Metrics evaluate_metrics(const Predictions& all_predictions, const MetricsConfig& config) {
  check(all_predictions, config);
  const Predictions predictions = fiducial(all_predictions, config);
  constexpr double all = std::numeric_limits<double>::infinity();
  const double threshold = config.threshold_gev;
  Metrics m;
  m.events = static_cast<std::int64_t>(all_predictions.size());
  m.muons = std::count_if(predictions.has_muon.begin(), predictions.has_muon.end(), [](auto has) { return has != 0; });
  m.threshold_gev = threshold;
  m.confidence = config.confidence;
  m.bins_gev = config.bins_gev;
  m.counts = turn_on(predictions, threshold, config.bins_gev);
  for (const Count& count : m.counts) m.efficiency.push_back(proportion(count, config.confidence));
  m.plateau =
      proportion(muons_above(predictions, threshold, config.plateau_lo_gev, config.plateau_hi_gev), config.confidence);
  m.plateau_all_eta = proportion(muons_above(all_predictions, threshold, config.plateau_lo_gev, config.plateau_hi_gev),
                                 config.confidence);
  m.fake_rate = proportion(fakes_above(predictions, threshold), config.confidence);
  m.leakage = proportion(muons_above(predictions, threshold, 0, leakage_limit_gev), config.confidence);
  m.pt_resolution = robust_width(pt_residuals(predictions, 0, all), config.confidence);
  m.eta_resolution = robust_width(eta_residuals(predictions, 0, all), config.confidence);
  m.pt_curve = residual_curve(predictions, pt_residuals, config.bins_gev, config.confidence);
  m.eta_curve = residual_curve(predictions, eta_residuals, config.bins_gev, config.confidence);
  m.half_contained = proportion(half_contained(predictions), config.confidence);
  m.rate = trigger_rate(predictions, threshold, config.rate, config.confidence);
  return m;
}

Json metrics_to_json(const Metrics& m) {
  Json json = Json::object();
  json["events"] = m.events;
  json["muons"] = m.muons;
  json["threshold_gev"] = m.threshold_gev;
  json["confidence"] = m.confidence;
  put(json, "plateau", m.plateau);
  put(json, "plateau_all_eta", m.plateau_all_eta);
  json["efficiency"] = curve_to_json(m.bins_gev, m.efficiency);
  json["efficiency"]["passed"] = Json::array();
  json["efficiency"]["total"] = Json::array();
  for (const Count& count : m.counts) {
    json["efficiency"]["passed"].push_back(count.passed);
    json["efficiency"]["total"].push_back(count.total);
  }
  put(json, "fake_rate", m.fake_rate);
  put(json, "leakage_below_7gev", m.leakage);
  put(json, "pt_resolution", m.pt_resolution);
  put(json, "eta_resolution", m.eta_resolution);
  json["pt_resolution_by_pt"] = residual_json(m.bins_gev, m.pt_curve);
  json["eta_resolution_by_pt"] = residual_json(m.bins_gev, m.eta_curve);
  put(json, "half_contained", m.half_contained);
  json["rate"] = rate_json(m.rate);
  return json;
}

}  // namespace lutra
