#include "model/published_student.h"

#include "base/random.h"

namespace lutra {
namespace {

constexpr Quantizer activation{{4, 4, false}, Rounding::half_even, Overflow::saturate};
constexpr Quantizer last{{12, 8, true}, Rounding::half_even, Overflow::saturate};

Layer weighted(Random& random, Op op, const std::string& name, int outputs, int products) {
  Layer layer;
  layer.name = name;
  layer.op = op;
  layer.out_channels = outputs;
  layer.relu = true;
  layer.output = {activation};
  for (int c = 0; c < outputs; ++c) {
    for (int i = 0; i < products; ++i) {
      const int magnitude = 1 + static_cast<int>(random.below(7));
      const bool zero = random.below(7) == 0;
      layer.weights.push_back(zero ? 0 : (random.below(2) == 0 ? magnitude : -magnitude));
    }
    layer.weight_frac.push_back(3 + static_cast<int>(random.below(2)));
    layer.bias.push_back(static_cast<int>(random.below(15)) - 7);
    layer.bias_frac.push_back(4);
  }
  return layer;
}

}  // namespace

Network published_student(std::uint64_t seed) {
  Random random(seed, RandomStream::initialise, 0);
  Network network;
  network.name = "published_student";
  network.input = {1, 9, 16};
  network.input_format = {2, 1, false};
  int channels = 1;
  for (const int outputs : {1, 1, 6, 6}) {
    Layer conv = weighted(random, Op::conv, "conv" + std::to_string(network.layers.size() + 1), outputs, 9 * channels);
    conv.window.kernel_rows = conv.window.kernel_cols = 3;
    network.layers.push_back(std::move(conv));
    channels = outputs;
  }
  Layer flat;
  flat.name = "flatten";
  flat.op = Op::flatten;
  network.layers.push_back(flat);
  int width = 6 * 1 * 8;
  for (const int outputs : {10, 10, 2}) {
    network.layers.push_back(
        weighted(random, Op::dense, "dense" + std::to_string(network.layers.size() - 4), outputs, width));
    width = outputs;
  }
  network.layers.back().relu = false;
  network.layers.back().output = {last};
  for (std::size_t i = 0; i < network.layers.size(); ++i) network.layers[i].inputs = {static_cast<int>(i) - 1};
  return network;
}

}  // namespace lutra
