#include "model/network.h"

#include <algorithm>

#include "base/error.h"
#include "model/unroll.h"

namespace lutra {

std::vector<LayerInfo> check(const Network& network) {
  const UnrolledNetwork unrolled = unroll(network);
  std::vector<LayerInfo> info(network.layers.size());
  for (std::size_t i = 0; i < info.size(); ++i) {
    info[i].shape = unrolled.shapes[i];
    for (const int id : unrolled.layer_elements[i])
      info[i].formats.push_back(unrolled.formats[static_cast<std::size_t>(id)]);
  }
  for (const Node& n : unrolled.nodes) {
    LayerInfo& layer = info[static_cast<std::size_t>(n.layer)];
    layer.acc_bits = std::max(layer.acc_bits, smallest_format(n.accumulator, n.frac).bits);
  }
  const std::size_t outputs = info.back().formats.size();
  if (!network.targets.empty() && network.targets.size() != outputs)
    throw Error("the network has " + std::to_string(outputs) + " outputs but describes " +
                    std::to_string(network.targets.size()) + " targets",
                "", "");
  return info;
}

}  // namespace lutra
