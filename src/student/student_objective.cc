#include "student/student_objective.h"

#include <algorithm>
#include <cmath>

namespace lutra {
namespace {

using Events = std::span<const std::uint32_t>;

constexpr std::size_t health_events = 2048;

template <class Work>
void for_each_tile(Events events, Work work) {
  for (std::size_t begin = 0; begin < events.size(); begin += tile_events)
    work(events.subspan(begin, std::min(tile_events, events.size() - begin)));
}

/// Sum over the events of the weighted squared error against `aim` / targets; its slopes x `scale` are added.
double squared_error(const Samples& samples, std::span<const float> aim, Events events, const Tile* out, double scale,
                     Tile* slopes) {
  double sum = 0;
  for (std::size_t e = 0; e < events.size(); ++e)
    for (std::size_t t = 0; t < samples.targets; ++t) {
      const float weight = samples.weight_of(events[e])[t] / static_cast<float>(samples.targets);
      const float error = out[t].lane[e] - aim[events[e] * samples.targets + t];
      sum += static_cast<double>(weight * error) * error;
      slopes[t].lane[e] += static_cast<float>(2 * scale) * weight * error;
    }
  return sum;
}

/// The same for the loss of the accept decisions, whose labels come from `aim`.
double decision_error(const Samples& samples, std::span<const float> aim, Events events, const Tile* out, double scale,
                      Tile* slopes) {
  double sum = 0;
  for (std::size_t e = 0; e < events.size(); ++e) {
    const float weight = samples.event_weight[events[e]], reference = aim[events[e] * samples.targets];
    sum += static_cast<double>(weight) * samples.decision.loss(out[0].lane[e], reference);
    slopes[0].lane[e] += static_cast<float>(scale) * weight * samples.decision.gradient(out[0].lane[e], reference);
  }
  return sum;
}

/// The same for classes.
double class_error(const Samples& samples, std::span<const float> aim, Events events, const Tile* out, double scale,
                   Tile* slopes) {
  std::vector<float> scores(samples.targets), gradient(samples.targets);
  double sum = 0;
  for (std::size_t e = 0; e < events.size(); ++e) {
    const float weight = samples.event_weight[events[e]];
    const auto reference = aim.subspan(events[e] * samples.targets, samples.targets);
    for (std::size_t t = 0; t < scores.size(); ++t) scores[t] = out[t].lane[e];
    std::ranges::fill(gradient, 0.0f);
    sum += static_cast<double>(weight) * samples.classes.loss(scores, reference);
    samples.classes.add_gradient(scores, reference, static_cast<float>(scale) * weight, gradient);
    for (std::size_t t = 0; t < scores.size(); ++t) slopes[t].lane[e] += gradient[t];
  }
  return sum;
}

/// Gradient of a hint's adapter, and scratch space for one tile.
struct HintPass {
  explicit HintPass(const Hint& hint)
      : out(static_cast<std::size_t>(hint.adapter.outputs)),
        gradient(static_cast<std::size_t>(hint.adapter.weights)),
        bias_gradient(static_cast<std::size_t>(hint.channels)) {}
  std::vector<Tile> out;
  std::vector<HalfTile> gradient, bias_gradient;
};

/// Sum over the events of mean((adapter(student) - teacher)^2); slopes go into the student's sums and the adapter.
double hint_error(const Hint& hint, std::span<const float> parameters, Events events, double scale, StudentPass& pass,
                  HintPass& own) {
  const Tile* in = pass.sums(hint.student_layer);
  tile_sums(hint.adapter, &parameters[hint.weight], &parameters[hint.bias], in, own.out.data());
  const std::size_t positions = hint.cell_of.size(), channels = static_cast<std::size_t>(hint.channels);
  const auto count = static_cast<float>(positions * channels);
  double sum = 0;
  for (std::size_t channel = 0; channel < channels; ++channel)
    for (std::size_t p = 0; p < positions; ++p) {
      Tile& out = own.out[channel * positions + p];
      const auto cell = static_cast<std::size_t>(hint.cell_of[p]);
      float partial = 0;
      for (std::size_t e = 0; e < events.size(); ++e) {
        const std::size_t row = events[e] * static_cast<std::size_t>(hint.cells) + cell;
        const float error = out.lane[e] - hint.target[row * channels + channel];
        partial += error * error;
        out.lane[e] = static_cast<float>(2 * scale) / count * error;
      }
      std::fill(out.lane + events.size(), out.lane + tile_events, 0.0f);
      sum += static_cast<double>(partial / count);
    }
  tile_add_weight_slopes(hint.adapter, in, own.out.data(), own.gradient.data(), own.bias_gradient.data());
  tile_add_input_slopes(hint.adapter, &parameters[hint.weight], own.out.data(), pass.sum_slopes(hint.student_layer));
  return sum;
}

void add_lanes(const std::vector<HalfTile>& from, std::span<float> to) {
  for (std::size_t i = 0; i < from.size(); ++i) to[i] += lane_sum(from[i]);
}

}  // namespace

StudentObjective::StudentObjective(const StudentConfig& config, const StudentLayout& layout, const Samples& samples,
                                   const Guidance& guidance, const StudentQuantizer& quantizer, CostPressure pressure)
    : layout_(layout),
      samples_(samples),
      guidance_(guidance),
      quantizer_(quantizer),
      pressure_(pressure),
      cost_unit_(config.learn.cost) {
  const double share = guidance.has_teacher() ? config.distill.truth_share : 1;
  const auto add = [&](const char* name, std::span<const float> values, Distance distance, double weight) {
    if (weight > 0) aims_.push_back({name, values, distance, weight});
  };
  add("truth", samples.truth, squared_error, share * samples.value_weight);
  add("teacher", guidance.output, squared_error, (1 - share) * samples.value_weight);
  add("accept", samples.truth, decision_error, share * samples.accept_weight);
  add("accept as teacher", guidance.output, decision_error, (1 - share) * samples.accept_weight);
  add("class", samples.truth, class_error, share * samples.classify_weight);
  add("class as teacher", guidance.output, class_error, (1 - share) * samples.classify_weight);
}

std::vector<std::string> StudentObjective::terms() const {
  std::vector<std::string> names;
  for (const Aim& aim : aims_) names.push_back(aim.name);
  for (const Hint& hint : guidance_.hints) names.push_back(hint.name);
  if (pressure_.last > 0) names.push_back(cost_unit_);
  return names;
}

std::vector<double> StudentObjective::weights(double share) const {
  std::vector<double> weights;
  for (const Aim& aim : aims_) weights.push_back(aim.weight);
  for (const Hint& hint : guidance_.hints) weights.push_back(hint.loss_weight);
  if (pressure_.last > 0) weights.push_back(pressure_.first * std::pow(pressure_.last / pressure_.first, share));
  return weights;
}

std::vector<double> StudentObjective::add_gradient(std::span<const float> parameters, Events events,
                                                   std::span<const double> weights, double scale,
                                                   std::span<float> gradient) const {
  const EffectiveStudent student = quantizer_.effective(parameters);
  StudentPass pass(layout_, student);
  std::vector<HintPass> hint_passes(guidance_.hints.begin(), guidance_.hints.end());
  std::vector<double> sums(weights.size());
  const std::size_t first_hint = aims_.size();
  for_each_tile(events, [&](Events some) {
    pass.forward(*samples_.data, some);
    const Tile* out = pass.out(layout_.layers.size() - 1);
    for (std::size_t a = 0; a < aims_.size(); ++a)
      sums[a] += aims_[a].distance(samples_, aims_[a].values, some, out, scale * weights[a], pass.output_slopes());
    for (std::size_t h = 0; h < guidance_.hints.size(); ++h)
      sums[first_hint + h] +=
          hint_error(guidance_.hints[h], parameters, some, scale * weights[first_hint + h], pass, hint_passes[h]);
    pass.backward();
  });
  quantizer_.add_gradient(parameters, pass, gradient);
  for (std::size_t h = 0; h < guidance_.hints.size(); ++h) {
    add_lanes(hint_passes[h].gradient, gradient.subspan(guidance_.hints[h].weight));
    add_lanes(hint_passes[h].bias_gradient, gradient.subspan(guidance_.hints[h].bias));
  }
  if (pressure_.last > 0) {
    const auto count = static_cast<double>(events.size());  // the same for every event
    sums.back() = count * quantizer_.cost(parameters, scale * weights.back() * count, gradient);
  }
  return sums;
}

double StudentObjective::validation_sum(std::span<const float> parameters, Events events) const {
  const EffectiveStudent student = quantizer_.effective(parameters);
  StudentPass pass(layout_, student);
  std::vector<float> out(samples_.targets);
  double sum = 0;
  for_each_tile(events, [&](Events some) {
    pass.forward(*samples_.data, some);
    for (std::size_t e = 0; e < some.size(); ++e) {
      for (std::size_t t = 0; t < out.size(); ++t) out[t] = pass.out(layout_.layers.size() - 1)[t].lane[e];
      sum += event_loss(samples_, some[e], out.data());
    }
  });
  return sum;
}

void StudentObjective::project(std::span<float> parameters) const { quantizer_.project(parameters); }

std::string StudentObjective::find_death(std::span<const float> parameters) const {
  const Events events = Events(samples_.validation).first(std::min(samples_.validation.size(), health_events));
  return find_dead_layer(layout_, quantizer_.effective(parameters), *samples_.data, events);
}

std::string find_dead_layer(const StudentLayout& layout, const EffectiveStudent& student, const Dataset& data,
                            Events events) {
  StudentPass pass(layout, student);
  std::vector<std::vector<float>> first(layout.layers.size());
  std::vector<bool> alive(layout.layers.size());
  for_each_tile(events, [&](Events some) {
    pass.forward(data, some);
    for (std::size_t k = 0; k < layout.layers.size(); ++k)
      for (std::size_t o = 0; o < static_cast<std::size_t>(layout.layers[k].map.outputs); ++o) {
        const float* lane = pass.out(k)[o].lane;
        if (first[k].size() <= o) first[k].push_back(lane[0]);
        for (std::size_t e = 0; e < some.size(); ++e) alive[k] = alive[k] || lane[e] != first[k][o];
      }
  });
  for (std::size_t k = 0; k < layout.layers.size(); ++k)
    if (!alive[k]) return "layer " + layout.layers[k].name + " gives the same output for every event";
  return "";
}

}  // namespace lutra
