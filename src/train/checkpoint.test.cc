#include "train/checkpoint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/temporary.h"
#include "train/float_json.h"

namespace lutra {
namespace {

TrainState state() {
  TrainState s;
  s.parameters = {0.1f, -3e-30f};
  s.adam.mean = {1, 2};
  s.adam.variance = {3, 4};
  s.adam.step = 7;
  s.best = {5, 6};
  s.best_loss = 0.25;
  s.first_loss = 2;
  s.step_in_epoch = 3;
  s.best_epoch = 1;
  s.term_sums = {0.5, 0.75};
  s.loss_sum = 1.25;
  s.history = {{"truth", "teacher"}, {{"float", 1, 2, 1e-3, 0.5, 0.4, {0.1, 0.2}, {0.3, 0.4}}}};
  s.finished = true;
  return s;
}

TEST(Checkpoint, ReadsBackEveryMember) {
  const TemporaryFolder folder;
  write_checkpoint(folder / "c.json", state(), "print");
  const std::optional<TrainState> read = read_checkpoint(folder / "c.json", "print");
  ASSERT_TRUE(read.has_value());
  const TrainState s = state();
  EXPECT_EQ(read->parameters, s.parameters);
  EXPECT_EQ(read->adam.mean, s.adam.mean);
  EXPECT_EQ(read->adam.variance, s.adam.variance);
  EXPECT_EQ(read->adam.step, 7);
  EXPECT_EQ(read->best, s.best);
  EXPECT_EQ(read->best_loss, 0.25);
  EXPECT_EQ(read->first_loss, 2);
  EXPECT_EQ(read->step_in_epoch, 3);
  EXPECT_EQ(read->best_epoch, 1);
  EXPECT_EQ(read->term_sums, s.term_sums);
  EXPECT_EQ(read->loss_sum, 1.25);
  EXPECT_EQ(read->history, s.history);
  EXPECT_TRUE(read->finished);
}

TEST(Checkpoint, OfNothingOrSomethingElseIsNone) {
  const TemporaryFolder folder;
  EXPECT_FALSE(read_checkpoint(folder / "c.json", "print").has_value());
  write_checkpoint(folder / "c.json", state(), "another");
  EXPECT_FALSE(read_checkpoint(folder / "c.json", "print").has_value());
}

TEST(Checkpoint, DamagedOnesAreErrors) {
  const TemporaryFolder folder;
  for (int which = 0; which < 2; ++which) {
    TrainState s = state();
    (which == 0 ? s.adam.mean : s.adam.variance).pop_back();
    write_checkpoint(folder / "c.json", s, "print");
    EXPECT_THROW(read_checkpoint(folder / "c.json", "print"), Error) << which;
  }
  write_text_atomically(folder / "c.json", "{}");
  EXPECT_THROW(read_checkpoint(folder / "c.json", "print"), Error);
}

TEST(FloatJson, KeepsEveryBit) {
  const std::vector<float> values{0.1f, -0.0f, 1e-45f, std::numeric_limits<float>::max(), 3, -1.0f / 3};
  const std::vector<float> read = floats_from_json(Json::parse(Json{{"v", floats_to_json(values)}}.dump()), "v", "f");
  ASSERT_EQ(read.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(read[i], values[i]);
    EXPECT_EQ(std::signbit(read[i]), std::signbit(values[i]));
  }
}

TEST(FloatJson, RefusesWhatIsNoFloat) {
  for (const double value : {0.1, 1e300, 16777217.0})
    EXPECT_THROW(floats_from_json({{"v", {value}}}, "v", "f"), Error) << value;
  EXPECT_THROW(floats_from_json({{"v", {nullptr}}}, "v", "f"), Error);
  EXPECT_THROW(floats_from_json({{"w", {1}}}, "v", "f"), Error);
}

}  // namespace
}  // namespace lutra
