#include "physics/rate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

namespace lutra {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// Muons every 0.01 GeV from 3 to 20 GeV; those above `cut` are accepted. 1000 empty events, `fakes` accepted.
Predictions step_trigger(double cut, int fakes) {
  Predictions p;
  for (int i = 0; i < 1700; ++i) {
    p.has_muon.push_back(1);
    p.true_pt_gev.push_back(3 + 0.01 * (i + 0.5));
    p.pt_gev.push_back(p.true_pt_gev.back() > cut ? 11 : 9);
  }
  for (int i = 0; i < 1000; ++i) {
    p.has_muon.push_back(0);
    p.true_pt_gev.push_back(0);
    p.pt_gev.push_back(i < fakes ? 11 : 9);
  }
  return p;
}

TEST(MuonFlux, IsNormalisedAtTenGevAndFallsAsThePower) {
  const RateModel model;
  EXPECT_NEAR(muon_flux_khz(model, 10, infinite), model.muons_above_10gev_khz, 1e-12);
  // Numerical integral of the density against the closed form.
  const double norm = model.muons_above_10gev_khz * (model.spectrum_power - 1) *
                      std::pow(10 + model.spectrum_offset_gev, model.spectrum_power - 1);
  double integral = 0;
  for (double pt = 5.0005; pt < 7; pt += 0.001)
    integral += 0.001 * norm * std::pow(pt + model.spectrum_offset_gev, -model.spectrum_power);
  EXPECT_NEAR(muon_flux_khz(model, 5, 7), integral, 1e-4 * integral);
}

TEST(TriggerRate, SharpStepAcceptsTheFluxAboveIt) {
  const RateModel model;
  const TriggerRate rate = trigger_rate(step_trigger(8, 20), 10, model);
  EXPECT_NEAR(rate.muon_khz.value, muon_flux_khz(model, 8, infinite), 1e-9);
  EXPECT_NEAR(rate.fake_khz.value, 0.02 * 40'000 * 32, 1e-6);
  EXPECT_NEAR(rate.true_khz, 15, 1e-12);
  EXPECT_LT(rate.muon_khz.lo, rate.muon_khz.value);
  EXPECT_GT(rate.muon_khz.hi, rate.muon_khz.value);
}

TEST(TriggerRate, NothingMeasuredIsNotANumber) {
  Predictions none;
  none.has_muon = {0};
  none.true_pt_gev = {0};
  none.pt_gev = {3};
  const TriggerRate rate = trigger_rate(none, 10, {});
  EXPECT_TRUE(std::isnan(rate.muon_khz.value));
  EXPECT_EQ(rate.fake_khz.value, 0);
}

RC_GTEST_PROP(TriggerRate, LowerThresholdsAcceptMore, ()) {
  const double low = *rc::gen::inRange(3, 19);
  const double high = low + *rc::gen::inRange(1, 10);
  Predictions p = step_trigger(8, 0);
  p.pt_gev = p.true_pt_gev;
  RC_ASSERT(trigger_rate(p, low, {}).muon_khz.value >= trigger_rate(p, high, {}).muon_khz.value);
}

}  // namespace
}  // namespace lutra
