#include "train/trainer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Fits a line a x + b to points x = event / 100, y = 3 x - 1; the second term is a pull towards a = b.
class LineObjective : public Objective {
 public:
  LineObjective() : train_(400), validation_(100) {
    std::iota(train_.begin(), train_.end(), 0u);
    std::iota(validation_.begin(), validation_.end(), 400u);
  }
  std::vector<std::string> terms() const override { return {"line", "pull"}; }
  std::vector<double> weights(double) const override { return {1, pull_weight}; }
  std::span<const std::uint32_t> training_events() const override { return train_; }
  std::span<const std::uint32_t> validation_events() const override { return validation_; }
  std::vector<double> add_gradient(std::span<const float> p, std::span<const std::uint32_t> events,
                                   std::span<const double> weights, double scale,
                                   std::span<float> gradient) const override {
    std::vector<double> sums(2);
    for (const std::uint32_t e : events) {
      const double x = e / 100.0, error = p[0] * x + p[1] - (3 * x - 1), pull = pull_is_silent ? 0 : p[0] - p[1];
      sums[0] += e == poisoned_event ? std::numeric_limits<double>::quiet_NaN() : error * error;
      sums[1] += pull * pull;
      gradient[0] += static_cast<float>(scale * 2 * (weights[0] * error * x + weights[1] * pull));
      gradient[1] += static_cast<float>(scale * 2 * (weights[0] * error - weights[1] * pull));
    }
    return sums;
  }
  double validation_sum(std::span<const float> p, std::span<const std::uint32_t> events) const override {
    double sum = 0;
    for (const std::uint32_t e : events) sum += std::pow((p[0] - 3.0) * e / 100.0 + p[1] + 1.0, 2);
    return sum;
  }
  void project(std::span<float>) const override {}
  std::string find_death(std::span<const float> p) const override { return p[0] > dies_above ? "too steep" : ""; }

  double pull_weight = 0;
  bool pull_is_silent = false;
  double dies_above = 1e9;
  std::uint32_t poisoned_event = 1u << 30;

 private:
  std::vector<std::uint32_t> train_, validation_;
};

TrainConfig quick() {
  TrainConfig config;
  config.epochs = 40;
  config.batch_events = 50;
  config.learning_rate = 0.1;
  config.checkpoint_steps = 7;
  return config;
}

TrainRun from_zero(const fs::path& checkpoint = {}) {
  TrainRun run;
  run.stage = "line";
  run.initial = {0, 0};
  run.checkpoint = checkpoint;
  run.fingerprint = "line";
  return run;
}

class InFolder : public testing::Test {
 protected:
  InFolder() : folder_(fs::path(testing::TempDir()) / "lutra_trainer") { fs::remove_all(folder_); }
  ~InFolder() override { fs::remove_all(folder_); }
  fs::path folder_;
};

using TrainerFile = InFolder;

TEST(Trainer, FindsTheLine) {
  const TrainResult result = train(LineObjective(), quick(), from_zero());
  EXPECT_NEAR(result.parameters[0], 3, 0.02);
  EXPECT_NEAR(result.parameters[1], -1, 0.05);
  EXPECT_EQ(result.history.epochs.size(), 40u);
  EXPECT_LT(result.history.epochs.back().train_loss, result.history.epochs.front().train_loss);
}

TEST(Trainer, GivesTheSameBitsForAnyNumberOfThreads) {
  TrainRun run = from_zero();
  const TrainResult one = train(LineObjective(), quick(), run);
  run.compute.threads = 3;
  const TrainResult three = train(LineObjective(), quick(), run);
  EXPECT_EQ(one.last, three.last);
  EXPECT_EQ(one.history, three.history);
}

TEST_F(TrainerFile, GoesOnAfterAKillToTheSameBits) {
  const TrainResult whole = train(LineObjective(), quick(), from_zero());
  TrainResult resumed;
  // Killed every few steps, at places that drift through the epochs.
  for (int kills = 0, left = 0;; ++kills) {
    TrainRun run = from_zero(folder_ / "checkpoint.json");
    left = 11 + kills % 5;
    run.progress = [&](std::string_view, std::uint64_t, std::uint64_t) {
      if (left-- == 0) throw Interrupted();
    };
    try {
      resumed = train(LineObjective(), quick(), run);
      ASSERT_GT(kills, 10);
      break;
    } catch (const Interrupted&) {
      ASSERT_LT(kills, 200);
    }
  }
  EXPECT_EQ(whole.last, resumed.last);
  EXPECT_EQ(whole.parameters, resumed.parameters);
  EXPECT_EQ(whole.history, resumed.history);
}

TEST_F(TrainerFile, SetsAsideACheckpointThatCannotBeRead) {
  const TrainResult whole = train(LineObjective(), quick(), from_zero());
  TrainRun run = from_zero(folder_ / "checkpoint.json");
  std::string said;
  run.progress = [&](std::string_view what, std::uint64_t done, std::uint64_t total) {
    if (is_remark(done, total)) said = what;
  };
  TrainConfig short_config = quick();
  short_config.epochs = 1;
  train(LineObjective(), short_config, run);
  const std::string good = read_text(run.checkpoint);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, good.size() / 2, good.size() - 2}) {
    write_text_atomically(run.checkpoint, good.substr(0, size));
    said = "";
    EXPECT_EQ(train(LineObjective(), quick(), run).last, whole.last) << size;
    EXPECT_NE(said.find("checkpoint.json.unreadable"), std::string::npos) << said;
    EXPECT_EQ(fs::file_size(folder_ / "checkpoint.json.unreadable"), size);
  }
}

TEST_F(TrainerFile, IgnoresTheCheckpointOfSomethingElse) {
  TrainRun run = from_zero(folder_ / "checkpoint.json");
  TrainConfig short_config = quick();
  short_config.epochs = 1;
  train(LineObjective(), short_config, run);
  run.fingerprint = "another line";
  EXPECT_EQ(train(LineObjective(), quick(), run).last, train(LineObjective(), quick(), from_zero()).last);
}

TEST(Trainer, NamesTheStepOfANotANumber) {
  LineObjective objective;
  objective.poisoned_event = 5;
  try {
    train(objective, quick(), from_zero());
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("at step "), std::string::npos) << e.what();
    EXPECT_NE(std::string(e.what()).find("not a finite number"), std::string::npos) << e.what();
  }
}

TEST(Trainer, CallsAHugeLossDivergence) {
  TrainConfig config = quick();
  config.learning_rate = 1000;
  config.schedule = "constant";
  EXPECT_THROW(train(LineObjective(), config, from_zero()), Error);
}

TEST(Trainer, RefusesASilentTerm) {
  LineObjective objective;
  objective.pull_weight = 0.1;
  EXPECT_NO_THROW(train(objective, quick(), from_zero()));
  objective.pull_is_silent = true;
  try {
    train(objective, quick(), from_zero());
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("\"pull\" is silent"), std::string::npos) << e.what();
  }
}

TEST(Trainer, RecordsTheGradientOfEveryTerm) {
  LineObjective objective;
  objective.pull_weight = 0.1;
  for (const EpochRecord& epoch : train(objective, quick(), from_zero()).history.epochs) {
    ASSERT_EQ(epoch.gradient_norms.size(), 2u);
    EXPECT_GT(epoch.gradient_norms[1], 0);
  }
}

TEST(Trainer, StopsWhenTheModelDies) {
  LineObjective objective;
  objective.dies_above = 2;
  const TrainResult result = train(objective, quick(), from_zero());
  EXPECT_EQ(result.death, "too steep");
  EXPECT_LT(result.history.epochs.size(), 40u);
}

TEST(Trainer, PatienceEndsTheRunAndBestParametersAreKept) {
  TrainConfig config = quick();
  config.epochs = 500;
  config.schedule = "constant";
  config.patience_epochs = 5;
  const TrainResult result = train(LineObjective(), config, from_zero());
  EXPECT_LT(result.history.epochs.size(), 500u);
  double best = 1e9;
  for (const EpochRecord& epoch : result.history.epochs) best = std::min(best, epoch.validation_loss);
  EXPECT_EQ(result.validation_loss, best);
  EXPECT_EQ(validate(LineObjective(), result.parameters, 1), best);
}

TEST_F(TrainerFile, HistoryReadsBackExactly) {
  const History history = train(LineObjective(), quick(), from_zero()).history;
  write_history(folder_ / "history.json", history, Json::object());
  EXPECT_EQ(read_history(folder_ / "history.json"), history);
}

}  // namespace
}  // namespace lutra
