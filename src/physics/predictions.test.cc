#include "physics/predictions.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

Dataset two_events() {
  Dataset data;
  data.rows = data.cols = 1;
  data.inputs = {0, 0};
  data.targets = {{"pt", "GeV", 0, 20, 0}, {"eta", "", 0.1, 0.2, 0.01}};
  data.truth = {12, 0.5, 0, 0};
  data.window_start = {40, 7};
  data.split = {Split::test, Split::test};
  data.columns = {{"containment", {0.75, 0}}};
  return data;
}

TEST(PredictionsFrom, PutsEachTargetBesideItsTruth) {
  const Predictions p = predictions_from(two_events(), two_events().targets, std::vector<double>{10, 0.525, 2.5, 0.27});
  EXPECT_EQ(p.has_muon, (std::vector<std::uint8_t>{1, 0}));
  EXPECT_EQ(p.true_pt_gev, (std::vector<double>{12, 0}));
  EXPECT_EQ(p.pt_gev, (std::vector<double>{10, 2.5}));
  EXPECT_EQ(p.true_eta, (std::vector<double>{0.5, 0}));
  EXPECT_EQ(p.eta, (std::vector<double>{0.525, 0.27}));
  EXPECT_EQ(p.containment, (std::vector<double>{0.75, 0}));
}

TEST(PredictionsFrom, EtaAndContainmentAreOptional) {
  Dataset data = two_events();
  data.targets.pop_back();
  data.truth = {12, 0};
  data.columns.clear();
  const Predictions p = predictions_from(data, data.targets, std::vector<double>{20, 0});
  EXPECT_TRUE(p.eta.empty() && p.true_eta.empty() && p.containment.empty());
  EXPECT_EQ(p.pt_gev, (std::vector<double>{20, 0}));
}

TEST(PredictionsFrom, RefusesWhatDoesNotFit) {
  EXPECT_THROW(predictions_from(two_events(), two_events().targets, std::vector<double>{1, 2, 3}), Error);
  Dataset data = two_events();
  data.targets[0].name = "angle";
  EXPECT_THROW(predictions_from(data, data.targets, std::vector<double>{1, 2, 3, 4}), Error);
}

}  // namespace
}  // namespace lutra
