#include "student/student_formats.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace lutra {
namespace {

constexpr int float_bits = 24;    // integers that a float holds exactly
constexpr double bias_limit = 4;  // sums are of the order of one
constexpr int float_export_bits = 16;

Quantizer weight_quantizer(Format format) { return {format, Rounding::half_even, Overflow::saturate}; }

/// Range that weights are pulled back into.
float lowest(Format weight, bool ternary) {
  return static_cast<float>(to_real(ternary ? -1 : weight.min(), weight.frac));
}

double squared_loss(std::span<const float> weights, Format format, bool ternary) {
  double loss = 0;
  for (const float w : weights) {
    const float inside = std::max(w, lowest(format, ternary));
    const double error = w - to_real(quantize_real(inside, weight_quantizer(format)), format.frac);
    loss += error * error;
  }
  return loss;
}

/// The power of two under which n-bit weights lose least.
Format best_weight_format(std::span<const float> weights, int bits, bool ternary) {
  float largest = 1e-6f;
  for (const float w : weights) largest = std::max(largest, std::abs(w));
  const int top = static_cast<int>(std::ceil(std::log2(largest)));
  Format best{bits, bits - 1 - top, true};
  for (int below = 1; below <= 3; ++below) {
    const Format candidate{bits, bits - 1 - top + below, true};
    if (squared_loss(weights, candidate, ternary) < squared_loss(weights, best, ternary)) best = candidate;
  }
  return best;
}

/// Units of the accumulator grid that a sum can reach whatever the weights are, and room for rounding at the output.
void check_exact(const StudentLayer& layer, const LayerFormat& format, Format input) {
  std::uint32_t products = 0;
  for (std::size_t o = 0; o + 1 < layer.map.by_output.begin.size(); ++o)
    products = std::max(products, layer.map.by_output.begin[o + 1] - layer.map.by_output.begin[o]);
  const double largest_input = std::max(-to_real(input.min(), 0), to_real(input.max(), 0));
  const double sum =
      products * std::ldexp(1.0, format.weight.bits - 1) * largest_input + std::ldexp(bias_limit, format.bias_frac);
  const double rounding =
      std::ldexp(to_real(format.output.format.max(), 0) + 2, format.bias_frac - format.output.format.frac);
  if (std::max(sum, rounding) > std::ldexp(1.0, float_bits))
    throw Error("student layer " + layer.name + " needs more than 24 bits for its sums",
                std::to_string(products) + " products of " + std::to_string(format.weight.bits) + " and " +
                    std::to_string(input.bits) + " bits",
                "Use fewer bits or a smaller layer");
}

template <class Visit>
void for_each_parameter(const StudentLayout& layout, const StudentFormats& formats, Visit visit) {
  for (std::size_t k = 0; k < layout.layers.size(); ++k) {
    const StudentLayer& layer = layout.layers[k];
    const Quantizer weight = weight_quantizer(formats[k].weight);
    const int frac = formats[k].bias_frac;
    const Format bias{std::max(1, static_cast<int>(std::log2(bias_limit)) + 1 + frac), frac, true};
    for (std::size_t i = layer.weight; i < layer.bias; ++i) visit(i, weight);
    for (std::size_t c = 0; c < static_cast<std::size_t>(layer.map.channels); ++c)
      visit(layer.bias + c, weight_quantizer(bias));
  }
}

Activation activation_of(const StudentLayer& layer, const Quantizer& output, double slope_outside) {
  const auto channels = static_cast<std::size_t>(layer.map.channels);
  Activation activation;
  activation.rounding = output.rounding;
  activation.scale.assign(channels, std::ldexp(1.0f, output.format.frac));
  activation.lo.assign(channels, static_cast<float>(output.format.min()));
  activation.hi.assign(channels, static_cast<float>(output.format.max()));
  activation.slope_outside = static_cast<float>(slope_outside);
  return activation;
}

Layer export_layer(const StudentLayer& from, const LayerFormat& format, std::span<const std::int64_t> integers) {
  const auto at = [&](std::size_t i) { return integers.begin() + static_cast<std::ptrdiff_t>(i); };
  const auto channels = static_cast<std::size_t>(from.map.channels);
  Layer layer = empty_layer(from);
  if (from.op == Op::max_pool) return layer;
  layer.weights.assign(at(from.weight), at(from.bias));
  layer.bias.assign(at(from.bias), at(from.bias + channels));
  layer.weight_frac.assign(channels, format.weight.frac);
  layer.bias_frac.assign(channels, format.bias_frac);
  layer.output = {format.output};
  return layer;
}

}  // namespace

StudentFormats choose_formats(const StudentLayout& layout, const StudentConfig& config,
                              std::span<const float> parameters) {
  StudentFormats formats;
  Format input = layout.input_format;
  const Rounding rounding = parse_rounding(config.rounding, "student.rounding");
  const bool is_float = config.precision == "float";
  const int bits = is_float ? float_export_bits : config.bits;
  for (std::size_t k = 0; k < layout.layers.size(); ++k) {
    const StudentLayer& layer = layout.layers[k];
    const bool last = k + 1 == layout.layers.size();
    LayerFormat format;
    if (layer.op == Op::max_pool) {  // hands its inputs on as they are
      format.output.format = input;
      formats.push_back(format);
      continue;
    }
    format.ternary = config.precision == "ternary" && !last;
    const int weight_bits = format.ternary ? 2 : last ? is_float ? float_export_bits : config.output_bits : bits;
    format.weight =
        best_weight_format(parameters.subspan(layer.weight, layer.bias - layer.weight), weight_bits, format.ternary);
    format.bias_frac = format.weight.frac + input.frac;
    // Outputs cover [-2, 2): scaled targets are in [0, 1], with room to miss on both sides.
    const Format output = last ? Format{config.output_bits, config.output_bits - 2, true} : Format{bits, bits, false};
    format.output = {output, rounding, Overflow::saturate};
    if (!is_float) check_exact(layer, format, input);
    formats.push_back(format);
    input = output;
  }
  return formats;
}

std::vector<std::int64_t> quantized_parameters(const StudentLayout& layout, const StudentFormats& formats,
                                               std::span<const float> parameters) {
  std::vector<std::int64_t> integers(parameters.size());
  for_each_parameter(layout, formats,
                     [&](std::size_t i, const Quantizer& q) { integers[i] = quantize_real(parameters[i], q); });
  return integers;
}

EffectiveStudent quantized_student(const StudentLayout& layout, const StudentFormats& formats,
                                   std::span<const float> parameters, double slope_outside) {
  EffectiveStudent student;
  student.values.resize(parameters.size());
  for_each_parameter(layout, formats, [&](std::size_t i, const Quantizer& q) {
    student.values[i] = static_cast<float>(to_real(quantize_real(parameters[i], q), q.format.frac));
  });
  for (std::size_t k = 0; k < layout.layers.size(); ++k)
    student.activations.push_back(activation_of(layout.layers[k], formats[k].output, slope_outside));
  return student;
}

EffectiveStudent float_student(const StudentLayout& layout, std::span<const float> parameters, double slope_outside) {
  EffectiveStudent student{{parameters.begin(), parameters.end()}, {}};
  for (const StudentLayer& layer : layout.layers) {
    const bool last = &layer == &layout.layers.back();
    const auto channels = static_cast<std::size_t>(layer.map.channels);
    const float infinity = std::numeric_limits<float>::infinity();
    Activation activation;
    activation.round = false;
    activation.scale.assign(channels, 1);
    activation.lo.assign(channels, last ? -infinity : 0);
    activation.hi.assign(channels, last ? infinity : 1);
    activation.slope_outside = static_cast<float>(slope_outside);
    student.activations.push_back(std::move(activation));
  }
  return student;
}

void project(const StudentLayout& layout, const StudentFormats& formats, std::span<float> parameters) {
  for_each_parameter(layout, formats, [&](std::size_t i, const Quantizer& q) {
    const auto hi = static_cast<float>(to_real(q.format.max(), q.format.frac));
    parameters[i] = std::clamp(parameters[i], lowest(q.format, false), hi);
  });
  for (std::size_t k = 0; k < layout.layers.size(); ++k)
    for (std::size_t i = layout.layers[k].weight; i < layout.layers[k].bias; ++i)
      parameters[i] = std::max(parameters[i], lowest(formats[k].weight, formats[k].ternary));
}

Layer empty_layer(const StudentLayer& from) {
  Layer layer;
  layer.name = from.name;
  layer.op = from.op;
  layer.window = from.window;
  layer.out_channels = from.map.channels;
  layer.weights.resize(static_cast<std::size_t>(from.map.weights));
  return layer;
}

Network chain_layers(const StudentLayout& layout, std::vector<Layer> layers) {
  Network network{layout.name, layout.input, layout.input_format, {}, layout.targets};
  int previous = network_input;
  const auto append = [&](Layer layer) {
    layer.inputs = {previous};
    previous = static_cast<int>(network.layers.size());
    network.layers.push_back(std::move(layer));
  };
  for (std::size_t k = 0; k < layers.size(); ++k) {
    const Shape input = layout.layers[k].input;
    if (layers[k].op == Op::dense && input.rows * input.cols > 1) {
      Layer flatten;
      flatten.name = "flatten" + std::to_string(k + 1);
      flatten.op = Op::flatten;
      append(std::move(flatten));
    }
    if (layers[k].op == Op::table)
      append(address_layer(layout.layers[k].cells,
                           layout.layers[k].map.channels / static_cast<int>(layout.layers[k].cells.group_rows.size()),
                           layout.input_format, "address" + std::to_string(k + 1)));
    layers[k].relu = layers[k].op != Op::max_pool && layers[k].op != Op::table && k + 1 < layers.size();
    append(std::move(layers[k]));
  }
  if (layout.classifies) {
    Layer answer;
    answer.name = "class";
    answer.op = Op::argmax;
    append(std::move(answer));
    network.targets = {{"class", "", 0, 1, 0}};
  }
  check(network);
  return network;
}

void check_float_exact(const Network& network) {
  const std::vector<LayerInfo> info = check(network);
  for (std::size_t n = 0; n < info.size(); ++n)
    if (info[n].acc_bits > float_bits + 1)  // a sign and 24 bits
      throw Error("layer " + network.layers[n].name + " needs sums of " + std::to_string(info[n].acc_bits) + " bits",
                  "training counts exactly in 24 bits and a sign", "Use fewer bits or a smaller layer");
}

Network export_network(const StudentLayout& layout, const StudentFormats& formats, std::span<const float> parameters) {
  const std::vector<std::int64_t> integers = quantized_parameters(layout, formats, parameters);
  std::vector<Layer> layers;
  for (std::size_t k = 0; k < layout.layers.size(); ++k)
    layers.push_back(export_layer(layout.layers[k], formats[k], integers));
  return chain_layers(layout, std::move(layers));
}

}  // namespace lutra
