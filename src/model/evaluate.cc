#include "model/evaluate.h"

#include <algorithm>

#include "base/contract.h"
#include "base/error.h"
#include "model/evaluate_block.h"

namespace lutra {
namespace {

std::int64_t linear_value(const Node& n, const std::vector<std::int64_t>& values) {
  std::int64_t sum = n.bias;
  for (const Term& t : n.terms) sum += t.weight * values[static_cast<std::size_t>(t.element)];
  if (n.relu) sum = std::max<std::int64_t>(sum, 0);
  return n.quantized ? quantize(sum, n.frac, n.quantizer) : sum;
}

/// Position of the first largest term.
std::size_t largest(const Node& n, const std::vector<std::int64_t>& values) {
  const auto value = [&](const Term& t) { return t.weight * values[static_cast<std::size_t>(t.element)]; };
  const auto best = std::max_element(n.terms.begin(), n.terms.end(),
                                     [&](const Term& a, const Term& b) { return value(a) < value(b); });
  return static_cast<std::size_t>(best - n.terms.begin());
}

std::int64_t node_value(const Node& n, const std::vector<std::int64_t>& values) {
  const auto element = [&](std::size_t term) { return values[static_cast<std::size_t>(n.terms[term].element)]; };
  switch (n.kind) {
    case Node::Kind::linear:
      return linear_value(n, values);
    case Node::Kind::max:
      return element(largest(n, values));
    case Node::Kind::argmax:
      return static_cast<std::int64_t>(largest(n, values));
    case Node::Kind::table:
      return (*n.table)[static_cast<std::size_t>(element(0) - n.table_min)];
  }
  contract_broken("known node kind", std::source_location::current());
}

}  // namespace

Evaluator::Evaluator(const Network& network)
    : network_(network), unrolled_(unroll(network_)), narrow_(fits_32_bits(unrolled_)) {}

int Evaluator::inputs() const { return unrolled_.inputs; }

int Evaluator::outputs() const { return static_cast<int>(unrolled_.layer_elements.back().size()); }

std::vector<Format> Evaluator::output_formats() const {
  std::vector<Format> formats;
  for (const int id : unrolled_.layer_elements.back())
    formats.push_back(unrolled_.formats[static_cast<std::size_t>(id)]);
  return formats;
}

void Evaluator::check_inputs(std::span<const std::int16_t> inputs) const {
  expects(inputs.size() % static_cast<std::size_t>(unrolled_.inputs) == 0, "inputs hold whole events");
  std::int16_t lo = 0, hi = 0;  // formats contain 0; two plain reductions are vectorised, minmax_element is not
  for (const std::int16_t v : inputs) lo = std::min(lo, v);
  for (const std::int16_t v : inputs) hi = std::max(hi, v);
  if (lo >= network_.input_format.min() && hi <= network_.input_format.max()) return;
  throw Error("an input value is outside the network's input format " + to_string(network_.input_format),
              "values from " + std::to_string(lo) + " to " + std::to_string(hi),
              "Check that data and network belong together");
}

std::vector<std::int64_t> Evaluator::evaluate_elements(std::span<const std::int16_t> input) const {
  std::vector<std::int64_t> values(input.begin(), input.end());
  values.reserve(unrolled_.formats.size());
  for (const Node& n : unrolled_.nodes) values.push_back(node_value(n, values));
  return values;
}

std::vector<std::int64_t> Evaluator::evaluate(std::span<const std::int16_t> inputs) const {
  check_inputs(inputs);
  const auto width = static_cast<std::size_t>(unrolled_.inputs);
  const std::size_t events = inputs.size() / width;
  const std::vector<int>& last = unrolled_.layer_elements.back();
  std::vector<std::int64_t> outputs(events * last.size());
  if (!narrow_) {
    for (std::size_t e = 0; e < events; ++e) {
      const auto values = evaluate_elements(inputs.subspan(e * width, width));
      for (std::size_t o = 0; o < last.size(); ++o)
        outputs[e * last.size() + o] = values[static_cast<std::size_t>(last[o])];
    }
    return outputs;
  }
  std::vector<std::int32_t> values(unrolled_.formats.size() * block_events);
  for (std::size_t first = 0; first < events; first += block_events) {
    const std::size_t count = std::min(block_events, events - first);
    for (std::size_t e = 0; e < count; ++e)
      for (std::size_t i = 0; i < width; ++i) values[i * block_events + e] = inputs[(first + e) * width + i];
    evaluate_block(unrolled_, values);
    for (std::size_t e = 0; e < count; ++e)
      for (std::size_t o = 0; o < last.size(); ++o)
        outputs[(first + e) * last.size() + o] = values[static_cast<std::size_t>(last[o]) * block_events + e];
  }
  return outputs;
}

std::vector<std::vector<std::int64_t>> Evaluator::evaluate_layers(std::span<const std::int16_t> input) const {
  expects(input.size() == static_cast<std::size_t>(unrolled_.inputs), "one event");
  check_inputs(input);
  const auto values = evaluate_elements(input);
  std::vector<std::vector<std::int64_t>> layers;
  for (const auto& ids : unrolled_.layer_elements) {
    std::vector<std::int64_t>& layer = layers.emplace_back();
    for (const int id : ids) layer.push_back(values[static_cast<std::size_t>(id)]);
  }
  return layers;
}

}  // namespace lutra
