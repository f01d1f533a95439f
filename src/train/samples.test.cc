#include "train/samples.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "train/chunks.h"
#include "train/predictions_guide.h"

namespace lutra {
namespace {

/// Four training and two validation events of one pixel: pT and a position two columns wide.
Dataset small() {
  Dataset data;
  data.rows = data.cols = 1;
  data.input_format = {2, 0, false};
  data.inputs = {0, 1, 2, 3, 0, 1};
  data.targets = {{"pt", "GeV", 0, 20, 0}, {"eta", "", 0, 2, 0.5}};
  data.truth = {4, 1, 8, 3, 0, 1, 50, 1, 10, 1, 0, 2};
  data.window_start = {0, 2, 0, 0, 0, 0};
  data.split = {Split::train, Split::train, Split::train, Split::train, Split::validation, Split::validation};
  data.columns = {{"muons", {1, 1, 0, 1, 1, 0}}, {"containment", {1, 0.2f, 0, 0.3f, 1, 0}}};
  return data;
}

TEST(ScaledTruth, IsClippedBeyondItsRange) {
  const Target eta{"eta", "", 0, 2, 0.5};
  EXPECT_FLOAT_EQ(scaled_truth(eta, 2, 2), 0.5f);  // (2 - 1) / 2
  EXPECT_FLOAT_EQ(scaled_truth(eta, 9, 0), 1.5f);
  EXPECT_FLOAT_EQ(scaled_truth(eta, -9, 0), -0.5f);
}

TEST(EventsOf, LeaveOutMuonsThatTheFragmentLost) {
  const Dataset data = small();
  using Events = std::vector<std::uint32_t>;
  EXPECT_EQ(events_of(data, Split::train, "training", 0, 0.3), (Events{0, 2, 3}));  // 0.3 itself is enough
  EXPECT_EQ(events_of(data, Split::train, "training", 0, 0.1), (Events{0, 1, 2, 3}));
  EXPECT_EQ(events_of(data, Split::train, "training", 2, 0.3), (Events{0, 2}));
  EXPECT_EQ(events_of(data, Split::validation, "validation", 9, 0.3), (Events{4, 5}));
  EXPECT_THROW(events_of(data, Split::test, "test", 0, 0), Error);
}

TEST(MakeSamples, EmptyEventsPointNowhere) {
  const Dataset data = small();
  TrainConfig config;
  config.position_weight = 0.25;
  const Samples samples = make_samples(data, config);
  EXPECT_EQ(samples.targets, 2u);
  EXPECT_EQ(samples.train, (std::vector<std::uint32_t>{0, 2, 3}));
  EXPECT_FLOAT_EQ(samples.truth_of(0)[0], 0.2f);
  EXPECT_FLOAT_EQ(samples.truth_of(1)[1], 1.0f);  // (3 - 0.5 x 2) / 2
  EXPECT_FLOAT_EQ(samples.truth_of(3)[0], 1.5f);  // 50 GeV, clipped
  EXPECT_FLOAT_EQ(samples.weight_of(0)[0], 1);
  EXPECT_FLOAT_EQ(samples.weight_of(0)[1], 0.25f);
  EXPECT_FLOAT_EQ(samples.weight_of(2)[0], 1);
  EXPECT_FLOAT_EQ(samples.weight_of(2)[1], 0);
}

TEST(MakeSamples, WeightsOfTheDataSetHaveMeanOne) {
  Dataset data = small();
  data.columns.push_back({"weight", {1, 7, 2, 3, 4, 5}});
  const Samples samples = make_samples(data, {});
  EXPECT_FLOAT_EQ(samples.event_weight[0], 0.5f);  // of 1, 2 and 3, whose mean is 2
  EXPECT_FLOAT_EQ(samples.event_weight[3], 1.5f);
  EXPECT_FLOAT_EQ(samples.event_weight[4], 2);
  data.columns.back().values.assign(6, 0);
  EXPECT_THROW(make_samples(data, {}), Error);
}

TEST(MakeSamples, RefusesWhatCannotBeLearned) {
  const auto refuses = [](auto damage) {
    Dataset data = small();
    damage(data);
    EXPECT_THROW(make_samples(data, {}), Error);
  };
  refuses([](Dataset& d) { d.targets.clear(); });
  refuses([](Dataset& d) { d.truth.pop_back(); });
  refuses([](Dataset& d) { d.inputs.pop_back(); });
  refuses([](Dataset& d) { d.window_start.pop_back(); });
  refuses([](Dataset& d) { d.truth[3] = std::numeric_limits<float>::infinity(); });
  refuses([](Dataset& d) { d.split.assign(6, Split::train); });
}

TEST(EventLoss, IsTheMeanOfWeightedSquares) {
  const Dataset data = small();
  const Samples samples = make_samples(data, {});
  const float out[] = {0.4f, 0.9f};
  EXPECT_NEAR(event_loss(samples, 0, out), (0.2 * 0.2 + 0.25 * 0.4 * 0.4) / 2, 1e-6);
  EXPECT_NEAR(event_loss(samples, 2, out), 0.4 * 0.4 / 2, 1e-6);
}

TEST(ConstantLoss, IsThatOfTheWeightedMeans) {
  const Dataset data = small();
  const Samples samples = make_samples(data, {});
  // Validation: pT 0.5 and 0, both of weight 1; the position of the first alone.
  EXPECT_NEAR(constant_loss(samples), 0.25 * 0.25 / 2, 1e-6);
}

TEST(Fingerprint, SeesEveryArray) {
  const Dataset data = small();
  const auto changed = [&](auto change) {
    Dataset other = data;
    change(other);
    EXPECT_NE(fingerprint(other), fingerprint(data));
  };
  EXPECT_EQ(fingerprint(small()), fingerprint(data));
  changed([](Dataset& d) { d.inputs[0] = 1; });
  changed([](Dataset& d) { d.truth[0] = 5; });
  changed([](Dataset& d) { d.window_start[0] = 1; });
  changed([](Dataset& d) { d.split[0] = Split::test; });
}

TEST(ClassScores, LossIsTheRelativeEntropyAndItsSlopeTheGradient) {
  ClassScores scores;
  scores.slope = 2;
  const std::vector<float> out{0.1f, 0.7f, -0.3f}, label{1, 0, 0};
  double q = 0, p = 0;
  for (const float s : out) q += std::exp(2.0 * s);
  for (const float s : label) p += std::exp(2.0 * s);
  double expected = 0;
  for (std::size_t k = 0; k < 3; ++k)
    expected += std::exp(2.0 * label[k]) / p * (2.0 * label[k] - std::log(p) - 2.0 * out[k] + std::log(q));
  EXPECT_NEAR(scores.loss(out, label), expected, 1e-9);
  EXPECT_EQ(scores.loss(label, label), 0);
  std::vector<float> gradient(3, 10.0f);
  scores.add_gradient(out, label, 0.5f, gradient);
  for (std::size_t k = 0; k < 3; ++k) {
    std::vector<float> up = out, down = out;
    up[k] += 1e-3f;
    down[k] -= 1e-3f;
    EXPECT_NEAR(gradient[k] - 10, 0.5 * (scores.loss(up, label) - scores.loss(down, label)) / 2e-3, 1e-3) << k;
  }
}

TEST(ForEachChunk, VisitsEveryEventOnce) {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, guide_chunk, guide_chunk + 1, 40 * guide_chunk + 7}) {
    std::vector<std::uint32_t> events(count);
    std::iota(events.begin(), events.end(), 0);
    std::vector<std::atomic<int>> seen(count);
    std::uint64_t last_done = 99, last_total = 1;
    const Progress progress = [&](std::string_view, std::uint64_t done, std::uint64_t total) {
      last_done = done;
      last_total = total;
    };
    for_each_chunk(events, 3, "work", progress, [&](std::span<const std::uint32_t> chunk) {
      EXPECT_LE(chunk.size(), guide_chunk);
      for (const std::uint32_t e : chunk) ++seen[e];
    });
    for (const auto& n : seen) EXPECT_EQ(n, 1);
    EXPECT_EQ(last_done, last_total);
  }
}

TEST(PredictionsGuide, ScalesWithTheTargets) {
  const Dataset data = small();
  const PredictionsGuide guide({4, 1, 8, 3, 0, 1, 50, 1, 10, 1, 0, 2});
  EXPECT_NO_THROW(guide.check_fits(data));
  EXPECT_THROW(PredictionsGuide({1, 2}).check_fits(data), Error);
  const std::vector<std::uint32_t> events{1, 3};
  const GuideAnswer answer = guide.prepare(data, {})(events);
  ASSERT_EQ(answer.output.size(), 4u);
  EXPECT_FLOAT_EQ(answer.output[0], 0.4f);
  EXPECT_FLOAT_EQ(answer.output[1], 1.0f);
  EXPECT_FLOAT_EQ(answer.output[2], 1.5f);
  EXPECT_TRUE(guide.layers().empty());
  EXPECT_NE(guide.fingerprint(), PredictionsGuide({4, 1}).fingerprint());
}

}  // namespace
}  // namespace lutra
