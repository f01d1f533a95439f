#include "train/trainer.h"

#include <cmath>

#include "base/contract.h"
#include "base/error.h"
#include "base/random.h"
#include "train/adam.h"
#include "train/checkpoint.h"
#include "train/share.h"

namespace lutra {
namespace {

using Events = std::span<const std::uint32_t>;

constexpr std::size_t probe_events = 1024;  // gradient norms of the terms are measured on these
constexpr std::size_t validation_chunk = 1024;

Events part(Events events, std::size_t index, std::size_t parts) {
  const std::size_t begin = events.size() * index / parts, end = events.size() * (index + 1) / parts;
  return events.subspan(begin, end - begin);
}

struct Gradient {
  std::vector<float> values;
  std::vector<double> terms;  // mean of each unweighted term
};

/// Mean gradient over the events, cut into a fixed number of shards: never as many as there are threads or processes.
Gradient mean_gradient(const Objective& objective, std::span<const float> parameters, Events events,
                       const std::vector<double>& weights, int shards, const Compute& compute) {
  const double scale = 1.0 / static_cast<double>(events.size());
  const auto parts = static_cast<std::size_t>(shards);
  const auto of_shard = share(parts, parameters.size(), weights.size(), compute, [&](std::size_t s) {
    PartResult result{std::vector<float>(parameters.size()), {}};
    result.sums = objective.add_gradient(parameters, part(events, s, parts), weights, scale, result.values);
    return result;
  });
  Gradient sum{std::vector<float>(parameters.size()), std::vector<double>(weights.size())};
  for (const PartResult& shard : of_shard) {
    for (std::size_t i = 0; i < sum.values.size(); ++i) sum.values[i] += shard.values[i];
    for (std::size_t t = 0; t < sum.terms.size(); ++t) sum.terms[t] += shard.sums[t] * scale;
  }
  return sum;
}

/// The epoch's order of the events: a Fisher-Yates shuffle of each neighbourhood (Objective::neighbourhood) that
/// depends on (seed, epoch) only.
std::vector<std::uint32_t> shuffled(const Objective& objective, std::int64_t seed, std::size_t epoch) {
  const Events events = objective.training_events();
  const std::uint32_t near = objective.neighbourhood();
  std::vector<std::uint32_t> order(events.begin(), events.end());
  Random random(static_cast<std::uint64_t>(seed), RandomStream::shuffle, epoch);
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && (near == 0 || order[end] / near == order[begin] / near)) ++end;
    for (std::size_t left = end - begin; left > 1; --left)
      std::swap(order[begin + left - 1], order[begin + random.below(static_cast<std::uint32_t>(left))]);
  }
  return order;
}

class Trainer {
 public:
  Trainer(const Objective& objective, const TrainConfig& config, const TrainRun& run)
      : objective_(objective), config_(config), run_(run), events_(objective.training_events()) {
    expects(!events_.empty() && !objective.validation_events().empty(), "there are events to train and validate on");
    batch_ = std::min(events_.size(), static_cast<std::size_t>(config.batch_events));
    steps_ = static_cast<std::int64_t>(events_.size() / batch_);
    restore();
    check_same_start();
  }

  TrainResult fit() {
    std::string death;
    while (!state_.finished) {
      run_epoch();
      death = objective_.find_death(state_.parameters);
      finish_epoch(death.empty());
      state_.finished = !death.empty() || epoch() >= config_.epochs || out_of_patience();
      save();
    }
    if (death.empty()) death = objective_.find_death(state_.parameters);
    return {state_.best, state_.parameters, state_.best_loss, death, state_.history};
  }

 private:
  int epoch() const { return static_cast<int>(state_.history.epochs.size()); }

  /// What cannot be read is no checkpoint. Of several processes the first one moves it out of the way.
  std::optional<TrainState> saved_state() const {
    if (run_.checkpoint.empty()) return {};
    try {
      return read_checkpoint(run_.checkpoint, run_.fingerprint);
    } catch (const Error& e) {
      if (run_.compute.rank() == 0) set_aside(run_.checkpoint, e.what(), run_.progress);
      return {};
    }
  }

  void restore() {
    if (auto saved = saved_state();
        saved && saved->parameters.size() == run_.initial.size() && saved->history.terms == objective_.terms()) {
      state_ = std::move(*saved);
      return;
    }
    state_ = TrainState{};
    state_.parameters = run_.initial;
    state_.adam = Adam(run_.initial.size());
    state_.history.terms = objective_.terms();
    start_epoch();
  }

  /// All processes must go on from the same checkpoint, or from none.
  void check_same_start() const {
    const auto step = static_cast<double>(state_.adam.step), length = norm(state_.parameters);
    const auto all =
        lutra::share(static_cast<std::size_t>(run_.compute.processes()), 0, 2, run_.compute, [&](std::size_t) {
          return PartResult{{}, {step, length}};
        });
    for (const PartResult& other : all)
      if (other.sums[0] != step || other.sums[1] != length)
        throw Error("the processes of this training do not start alike",
                    "one is at step " + std::to_string(static_cast<std::int64_t>(other.sums[0])) + ", another at " +
                        std::to_string(state_.adam.step),
                    "They must share their output folder and read the same files");
  }

  void save() const {
    if (!run_.checkpoint.empty() && run_.compute.rank() == 0)
      write_checkpoint(run_.checkpoint, state_, run_.fingerprint);
  }

  void start_epoch() {
    state_.step_in_epoch = 0;
    state_.term_sums.assign(state_.history.terms.size(), 0);
    state_.loss_sum = 0;
  }

  double share() const { return static_cast<double>(state_.adam.step) / static_cast<double>(steps_ * config_.epochs); }

  double rate_of(std::int64_t step) const { return learning_rate(config_, step, steps_ * config_.epochs); }

  void run_epoch() {
    const auto order = shuffled(objective_, config_.seed, static_cast<std::size_t>(epoch()));
    while (state_.step_in_epoch < steps_) {
      run_.progress(run_.stage, static_cast<std::uint64_t>(epoch() * steps_ + state_.step_in_epoch),
                    static_cast<std::uint64_t>(config_.epochs * steps_));
      take_step(Events(order).subspan(static_cast<std::size_t>(state_.step_in_epoch) * batch_, batch_));
      if (state_.adam.step % config_.checkpoint_steps == 0) save();
    }
  }

  Gradient mean_gradient(Events events, const std::vector<double>& weights) const {
    return lutra::mean_gradient(objective_, state_.parameters, events, weights, config_.shards, run_.compute);
  }

  void take_step(Events events) {
    const auto weights = objective_.weights(share());
    Gradient gradient = mean_gradient(events, weights);
    double loss = 0;
    for (std::size_t t = 0; t < weights.size(); ++t) loss += weights[t] * gradient.terms[t];
    const double length = norm(gradient.values);
    check_finite(loss, length);
    if (config_.clip_norm > 0 && length > config_.clip_norm)
      for (float& g : gradient.values) g = static_cast<float>(g * (config_.clip_norm / length));
    step(state_.adam, state_.parameters, gradient.values, rate_of(state_.adam.step), config_.weight_decay,
         run_.rate_scale);
    objective_.project(state_.parameters);
    for (std::size_t t = 0; t < weights.size(); ++t) state_.term_sums[t] += gradient.terms[t];
    state_.loss_sum += loss;
    ++state_.step_in_epoch;
  }

  void check_finite(double loss, double length) {
    if (state_.adam.step == 0) state_.first_loss = loss;
    const std::string where =
        "training diverged at step " + std::to_string(state_.adam.step + 1) + " of stage \"" + run_.stage + "\"";
    const std::string suggestion = "Lower learning_rate or clip_norm";
    if (!std::isfinite(loss)) throw Error(where, "the loss is not a finite number", suggestion);
    if (!std::isfinite(length)) throw Error(where, "the gradient is not finite", suggestion);
    if (loss > config_.divergence_factor * state_.first_loss)
      throw Error(where, "loss " + std::to_string(loss) + ", at first " + std::to_string(state_.first_loss),
                  suggestion);
  }

  void finish_epoch(bool alive) {
    EpochRecord record;
    record.stage = run_.stage;
    record.attempt = run_.attempt;
    record.epoch = epoch();
    record.learning_rate = rate_of(state_.adam.step - 1);
    const auto steps = static_cast<double>(steps_);
    record.train_loss = state_.loss_sum / steps;
    for (const double sum : state_.term_sums) record.terms.push_back(sum / steps);
    record.validation_loss = validate(objective_, state_.parameters, run_.compute);
    record.gradient_norms = probe_norms(alive);
    if (state_.history.epochs.empty() || record.validation_loss < state_.best_loss) {
      state_.best = state_.parameters;
      state_.best_loss = record.validation_loss;
      state_.best_epoch = epoch();
    }
    state_.history.epochs.push_back(record);
    if (run_.on_epoch) run_.on_epoch(record, state_.parameters);
    start_epoch();
  }

  std::vector<double> probe_norms(bool alive) const {
    const auto weights = objective_.weights(share());
    const Events probe = events_.first(std::min(events_.size(), probe_events));
    std::vector<double> norms;
    for (std::size_t t = 0; t < weights.size(); ++t) {
      std::vector<double> only(weights.size());
      only[t] = weights[t];
      norms.push_back(norm(mean_gradient(probe, only).values));
      if (alive && weights[t] > 0 && norms[t] == 0)
        throw Error("loss term \"" + state_.history.terms[t] + "\" is silent in stage \"" + run_.stage + "\"",
                    "it has a weight but sends no gradient into the model", "Remove it or change what it is tied to");
    }
    return norms;
  }

  bool out_of_patience() const {
    return config_.patience_epochs > 0 && epoch() - 1 - state_.best_epoch >= config_.patience_epochs;
  }

  const Objective& objective_;
  const TrainConfig& config_;
  const TrainRun& run_;
  Events events_;
  std::size_t batch_ = 0;
  std::int64_t steps_ = 0;  // per epoch
  TrainState state_;
};

}  // namespace

TrainResult train(const Objective& objective, const TrainConfig& config, const TrainRun& run) {
  return Trainer(objective, config, run).fit();
}

double validate(const Objective& objective, std::span<const float> parameters, const Compute& compute) {
  const Events events = objective.validation_events();
  const std::size_t chunks = (events.size() + validation_chunk - 1) / validation_chunk;
  const auto sums = share(chunks, 0, 1, compute, [&](std::size_t c) {
    return PartResult{{}, {objective.validation_sum(parameters, part(events, c, chunks))}};
  });
  double sum = 0;
  for (const PartResult& chunk : sums) sum += chunk.sums[0];
  return sum / static_cast<double>(events.size());
}

}  // namespace lutra
