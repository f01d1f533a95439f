#include "model/layer_bits.h"

#include <algorithm>
#include <cmath>

#include "model/ebops.h"
#include "model/unroll.h"

namespace lutra {
namespace {

void add_node(const Node& node, const UnrolledNetwork& network, LayerBits& bits) {
  const auto bits_of = [&](const Term& term) { return network.formats[static_cast<std::size_t>(term.element)].bits; };
  switch (node.kind) {
    case Node::Kind::linear:
      for (const Term& term : node.terms) {
        ++bits.products;
        bits.ebops += effective_bits(term.weight) * bits_of(term);
      }
      if (node.quantized && !node.terms.empty()) bits.output_bits += node.quantizer.format.bits;
      break;
    case Node::Kind::table:
      bits.table_luts += node.quantizer.format.bits * std::exp2(std::max(bits_of(node.terms[0]) - 6, 0));
      break;
    case Node::Kind::max:
      bits.compared_bits += static_cast<double>(node.terms.size() - 1) * bits_of(node.terms[0]);
      break;
    case Node::Kind::argmax:
      break;
  }
}

}  // namespace

std::vector<LayerBits> count_bits(const Network& network) {
  const UnrolledNetwork unrolled = unroll(network);
  std::vector<LayerBits> bits(network.layers.size());
  for (const Node& node : unrolled.nodes) add_node(node, unrolled, bits[static_cast<std::size_t>(node.layer)]);
  return bits;
}

}  // namespace lutra
