#include "student/student_pass.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"

namespace lutra {

StudentPass::StudentPass(const StudentLayout& layout, const EffectiveStudent& student)
    : layout_(layout), student_(student) {
  expects(student.values.size() == layout.parameters, "one value per parameter");
  expects(student.activations.size() == layout.layers.size(), "one activation per layer");
  std::size_t units = 0;
  for (const StudentLayer& layer : layout.layers) {
    at_.push_back(units);
    units += static_cast<std::size_t>(layer.map.outputs);
  }
  input_.resize(static_cast<std::size_t>(layout.layers.front().map.inputs));
  sums_.resize(units);
  out_.resize(units);
  out_slopes_.resize(units);
  sum_slopes_.resize(units);
  gradient_.resize(layout.parameters);
  bit_slopes_.resize(layout.parameters);
}

void StudentPass::load(std::size_t lane, std::span<const std::int16_t> pixels) {
  const TableCells& cells = layout_.layers.front().cells;
  for (std::size_t cell = 0; cell < cells.pixels.size(); ++cell)
    if (const int state = cells.state_of(cell, pixels); state > 0)
      input_[static_cast<std::size_t>(cells.first[cell] + state - 1)].lane[lane] = 1;
  if (!cells.pixels.empty()) return;
  const float unit = std::ldexp(1.0f, -layout_.input_format.frac);
  for (std::size_t i = 0; i < input_.size(); ++i) input_[i].lane[lane] = static_cast<float>(pixels[i]) * unit;
}

void StudentPass::forward(const Dataset& data, std::span<const std::uint32_t> events) {
  expects(events.size() <= tile_events, "at most a tile of events");
  std::ranges::fill(input_, Tile{});
  for (std::size_t e = 0; e < events.size(); ++e) load(e, data.input(events[e]));
  for (std::size_t k = 0; k < layout_.layers.size(); ++k) {
    const StudentLayer& layer = layout_.layers[k];
    if (layer.op == Op::max_pool) {
      tile_max(layer.map, input_of(k), &out_[at_[k]]);
      continue;
    }
    tile_sums(layer.map, &student_.values[layer.weight], &student_.values[layer.bias], input_of(k), &sums_[at_[k]]);
    tile_activate(layer.map, student_.activations[k], &sums_[at_[k]], &out_[at_[k]]);
  }
  std::ranges::fill(out_slopes_, Tile{});
  std::ranges::fill(sum_slopes_, Tile{});
}

void StudentPass::backward() {
  for (std::size_t k = layout_.layers.size(); k-- > 0;) {
    const StudentLayer& layer = layout_.layers[k];
    Tile* slopes = &out_slopes_[at_[k]];
    if (layer.op == Op::max_pool) {
      if (k > 0) tile_add_max_slopes(layer.map, input_of(k), out(k), slopes, &out_slopes_[at_[k - 1]]);
      continue;
    }
    if (student_.activations[k].learns_bits)
      tile_add_bit_slopes(layer.map, student_.activations[k], &sums_[at_[k]], &out_[at_[k]], slopes,
                          &bit_slopes_[layer.bias]);
    tile_activate_backward(layer.map, student_.activations[k], &sums_[at_[k]], slopes);
    for (std::size_t o = 0; o < static_cast<std::size_t>(layer.map.outputs); ++o)
      for (std::size_t e = 0; e < tile_events; ++e) slopes[o].lane[e] += sum_slopes_[at_[k] + o].lane[e];
    tile_add_weight_slopes(layer.map, input_of(k), slopes, &gradient_[layer.weight], &gradient_[layer.bias]);
    if (k > 0) tile_add_input_slopes(layer.map, &student_.values[layer.weight], slopes, &out_slopes_[at_[k - 1]]);
  }
}

void StudentPass::add_gradient(std::span<float> gradient) const {
  for (std::size_t i = 0; i < gradient_.size(); ++i) gradient[i] += lane_sum(gradient_[i]);
}

}  // namespace lutra
