#include "student/student_init.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "student/student_formats.h"

namespace lutra {
namespace {

constexpr std::size_t calibration_events = 1024;
constexpr double inner_mean = 0.25, inner_spread = 0.25;
constexpr double output_spread = 0.1;

struct Moments {
  double count = 0, sum = 0, square = 0;
  double mean() const { return sum / count; }
  double spread() const { return std::sqrt(std::max(square / count - mean() * mean(), 1e-8)); }
};

/// Mean and spread of every channel's sums over the calibration events.
std::vector<Moments> moments(const StudentLayout& layout, std::span<const float> parameters, std::size_t k,
                             const Dataset& data, std::span<const std::uint32_t> events) {
  const EffectiveStudent student = float_student(layout, parameters.first(layout.parameters), 0);
  StudentPass pass(layout, student);
  const LinearMap& map = layout.layers[k].map;
  std::vector<Moments> of_channel(static_cast<std::size_t>(map.channels));
  for (std::size_t begin = 0; begin < events.size(); begin += tile_events) {
    const auto some = events.subspan(begin, std::min(tile_events, events.size() - begin));
    pass.forward(data, some);
    for (std::size_t o = 0; o < static_cast<std::size_t>(map.outputs); ++o)
      for (std::size_t e = 0; e < some.size(); ++e) {
        const double v = pass.sums(k)[o].lane[e];
        Moments& m = of_channel[map.channel_of[o]];
        m.count += 1;
        m.sum += v;
        m.square += v * v;
      }
  }
  return of_channel;
}

void draw_weights(const StudentLayer& layer, Random& random, std::span<float> parameters) {
  const double mean = layer.map.channels <= 2 ? 0.7 : 0.0;
  for (std::size_t i = layer.weight; i < layer.bias; ++i) parameters[i] = static_cast<float>(mean + random.normal());
}

/// Tables that count the hit pixels, from 0 to 0.8, each channel with errors of its own.
void draw_tables(const StudentLayer& layer, Random& random, std::span<float> parameters) {
  const std::size_t groups = layer.cells.group_rows.size();
  std::size_t next = layer.weight;
  for (std::size_t channel = 0; channel < static_cast<std::size_t>(layer.map.channels); ++channel) {
    const int rows = layer.cells.group_rows[channel % groups];
    for (int s = 1; s <= layer.cells.states(channel % groups); ++s) {
      int hit = 0;
      for (int rest = s; rest > 0; rest /= layer.cells.levels) hit += rest % layer.cells.levels > 0 ? 1 : 0;
      parameters[next++] = static_cast<float>(0.8 * hit / rows + (channel < groups ? 0.05 : 0.3) * random.normal());
    }
  }
}

/// Rescales a layer so that each channel has the wanted mean and spread.
void rescale_layer(const StudentLayer& layer, const std::vector<Moments>& m, double spread,
                   const std::vector<double>& mean, std::span<float> parameters) {
  const std::size_t channels = m.size(), per_channel = (layer.bias - layer.weight) / channels;
  for (std::size_t c = 0; c < channels; ++c) {
    const double factor = spread / m[c].spread();
    for (std::size_t i = 0; i < per_channel; ++i) {
      float& w = parameters[layer.weight + c * per_channel + i];
      w = static_cast<float>(w * factor);
    }
    parameters[layer.bias + c] = static_cast<float>(mean[c] - factor * m[c].mean());
  }
}

std::vector<double> mean_truth(const Samples& samples, std::span<const std::uint32_t> events) {
  std::vector<double> mean(samples.targets), weight(samples.targets, 1e-9);
  for (const std::uint32_t e : events)
    for (std::size_t t = 0; t < samples.targets; ++t) {
      mean[t] += static_cast<double>(samples.weight_of(e)[t]) * samples.truth_of(e)[t];
      weight[t] += samples.weight_of(e)[t];
    }
  for (std::size_t t = 0; t < mean.size(); ++t) mean[t] /= weight[t];
  return mean;
}

}  // namespace

std::vector<float> initial_student(const StudentLayout& layout, const Guidance& guidance, const Samples& samples,
                                   std::int64_t seed, int attempt) {
  std::vector<float> parameters(std::max(layout.parameters, guidance.parameters));
  const auto events =
      std::span<const std::uint32_t>(samples.train).first(std::min(samples.train.size(), calibration_events));
  const auto stream = [&](std::size_t part) {
    return Random(static_cast<std::uint64_t>(seed), RandomStream::initialise,
                  static_cast<std::uint64_t>(attempt) << 32 | part);
  };
  for (std::size_t k = 0; k < layout.layers.size(); ++k) {
    const StudentLayer& layer = layout.layers[k];
    const bool last = k + 1 == layout.layers.size();
    if (layer.op == Op::max_pool) continue;
    Random random = stream(k);
    if (layer.op == Op::table) {
      draw_tables(layer, random, parameters);
      continue;
    }
    draw_weights(layer, random, parameters);
    clear_unused(layer.map, std::span(parameters).subspan(layer.weight));
    const auto found = moments(layout, parameters, k, *samples.data, events);
    const auto mean = last ? mean_truth(samples, events) : std::vector<double>(found.size(), inner_mean);
    rescale_layer(layer, found, last ? output_spread : inner_spread, mean, parameters);
  }
  for (std::size_t h = 0; h < guidance.hints.size(); ++h) {
    const Hint& hint = guidance.hints[h];
    Random random = stream(layout.layers.size() + h);
    const double spread = 1 / std::sqrt(static_cast<double>(hint.adapter.weights / hint.channels));
    for (std::size_t i = hint.weight; i < hint.bias; ++i) parameters[i] = static_cast<float>(spread * random.normal());
  }
  return parameters;
}

}  // namespace lutra
