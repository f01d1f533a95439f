#include "model/ebops.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace lutra {
namespace {

int widest(const std::vector<Format>& formats) {
  int bits = 0;
  for (const Format& format : formats) bits = std::max(bits, format.bits);
  return bits;
}

/// Sum over layers of what each product costs: cost(weight, bits of the layer's widest input).
double sum_over_products(const Network& network, const std::function<double(std::int64_t, int)>& cost) {
  const std::vector<LayerInfo> info = check(network);
  double sum = 0;
  for (std::size_t k = 0; k < network.layers.size(); ++k) {
    const Layer& layer = network.layers[k];
    if (layer.weights.empty()) continue;
    const int input = layer.inputs.front();
    const int input_bits =
        input == network_input ? network.input_format.bits : widest(info[static_cast<std::size_t>(input)].formats);
    double once = 0;
    for (const std::int64_t weight : layer.weights) once += cost(weight, input_bits);
    sum += once * (layer.op == Op::conv ? info[k].shape.rows * info[k].shape.cols : 1);
  }
  return sum;
}

}  // namespace

int effective_bits(std::int64_t weight) {
  const auto magnitude = static_cast<std::uint64_t>(weight < 0 ? -weight : weight);
  return magnitude == 0 ? 0 : static_cast<int>(std::bit_width(magnitude)) - std::countr_zero(magnitude);
}

double effective_bit_operations(const Network& network) {
  return sum_over_products(network, [](std::int64_t weight, int bits) { return effective_bits(weight) * bits; });
}

double products(const Network& network) {
  return sum_over_products(network, [](std::int64_t, int) { return 1; });
}

}  // namespace lutra
