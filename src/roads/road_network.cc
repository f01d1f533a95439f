#include "roads/road_network.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>

#include "base/contract.h"

namespace lutra {
namespace {

// Bits of the outputs, all fractional: 1/256 of a target's range.
constexpr int pt_bits = 8;
constexpr int position_bits = 8;

Quantizer saturated(int bits, int frac) { return {{bits, frac, false}, Rounding::down, Overflow::saturate}; }

/// Appends layers that each read the one before, unless told otherwise.
class Chain {
 public:
  explicit Chain(Network network) : network_(std::move(network)) {}

  Layer& add(const char* name, Op op) {
    const int before = last();
    Layer& layer = network_.layers.emplace_back();
    layer.name = name;
    layer.op = op;
    layer.inputs = {before};
    return layer;
  }

  int last() const { return static_cast<int>(network_.layers.size()) - 1; }

  Layer& add_linear(const char* name, Op op, int channels, std::size_t inputs, Quantizer output) {
    Layer& layer = add(name, op);
    layer.out_channels = channels;
    layer.weights.assign(static_cast<std::size_t>(channels) * inputs, 0);
    for (auto* zeros : {&layer.weight_frac, &layer.bias_frac}) zeros->assign(static_cast<std::size_t>(channels), 0);
    layer.bias.assign(static_cast<std::size_t>(channels), 0);
    layer.output = {output};
    return layer;
  }

  void add_target(const Target& target) { network_.targets.push_back(target); }

  Network take() && { return std::move(network_); }

 private:
  Network network_;
};

std::vector<Road> joined(const std::vector<RoadBank>& banks) {
  std::vector<Road> roads;
  for (const RoadBank& bank : banks) roads.insert(roads.end(), bank.begin(), bank.end());
  return roads;
}

void add_hits(Chain& chain, const RoadConfig& config, Format input) {
  if (input.bits > 1) chain.add("hits", Op::activation).output = {saturated(1, input.frac)};
  if (config.reach == 1) return;
  Window& window = chain.add("reach", Op::max_pool).window;
  window.kernel_cols = config.reach;
  window.pad_right = config.reach - 1;
}

void add_counts(Chain& chain, const RoadConfig& config, const Dataset& data) {
  const auto rows = static_cast<std::size_t>(data.rows);
  Layer& counts = chain.add_linear("planes", Op::conv, static_cast<int>(config.stations.size()), rows, saturated(2, 0));
  counts.window.kernel_rows = data.rows;
  counts.weight_frac.assign(config.stations.size(), -data.input_format.frac);  // a hit is 1, whatever it is worth
  for (std::size_t station = 0, row = 0; station < config.stations.size(); ++station)
    for (std::int64_t plane = 0; plane < config.stations[station]; ++plane, ++row)
      counts.weights[station * rows + row] = 1;
}

/// The state of every road: the stations' counts side by side, two bits each.
void add_states(Chain& chain, const std::vector<Road>& roads, int stations) {
  int farthest = 0;
  for (const Road& road : roads)
    for (const int shift : road.shift) farthest = std::max(farthest, std::abs(shift));
  const auto width = static_cast<std::size_t>(2 * farthest + 1);
  const auto per_road = static_cast<std::size_t>(stations) * width;
  Layer& states =
      chain.add_linear("states", Op::conv, static_cast<int>(roads.size()), per_road, saturated(2 * stations, 0));
  states.window.kernel_cols = static_cast<int>(width);
  states.window.pad_left = states.window.pad_right = farthest;
  for (std::size_t r = 0; r < roads.size(); ++r)
    for (int s = 0; s < stations; ++s) {
      const int shift = s == 0 ? 0 : roads[r].shift[static_cast<std::size_t>(s) - 1];
      const auto tap = r * per_road + static_cast<std::size_t>(s) * width + static_cast<std::size_t>(farthest + shift);
      states.weights[tap] = std::int64_t{1} << (2 * (stations - 1 - s));
    }
}

void add_found(Chain& chain, const std::vector<Road>& roads, int stations) {
  Layer& found = chain.add("found", Op::table);
  for (const Road& road : roads) {
    auto& entries = found.table.emplace_back();
    for (int state = 0; state < 1 << (2 * stations); ++state)
      entries.push_back(static_cast<std::int64_t>(road.accepted >> state & 1));
  }
  found.output = {saturated(1, 0)};
}

/// In which columns a road of each threshold begins, and which thresholds are passed at all, as bits of one number:
/// threshold i is bit i.
void add_decisions(Chain& chain, const std::vector<RoadBank>& banks, std::size_t roads, int cols) {
  const auto thresholds = banks.size();
  Layer& begins = chain.add_linear("begins", Op::conv, static_cast<int>(thresholds), roads, saturated(1, 0));
  for (std::size_t t = 0, r = 0; t < thresholds; ++t)
    for (std::size_t k = 0; k < banks[t].size(); ++k, ++r) begins.weights[t * roads + r] = 1;
  chain.add("passed", Op::max_pool).window.kernel_cols = cols;
  if (thresholds == 1) return;
  Layer& together = chain.add_linear("together", Op::dense, 1, thresholds, saturated(static_cast<int>(thresholds), 0));
  for (std::size_t t = 0; t < thresholds; ++t) together.weights[t] = std::int64_t{1} << t;
}

void add_pt(Chain& chain, const RoadConfig& config, const Target& pt) {
  const std::vector<double>& at = config.thresholds_gev;
  Layer& layer = chain.add("pt", Op::table);
  auto& entries = layer.table.emplace_back();
  const Quantizer output = saturated(pt_bits, pt_bits);
  for (std::size_t passed = 0; passed < std::size_t{1} << at.size(); ++passed) {
    double value = pt.lo;
    for (std::size_t t = 0; t < at.size(); ++t)
      if ((passed >> t & 1) != 0) value = (at[t] + (t + 1 < at.size() ? at[t + 1] : pt.hi)) / 2;
    entries.push_back(quantize_real(pt.to_scaled(value, 0), output));
  }
  layer.output = {output};
}

/// The first column in which a road begins, then the position that belongs to it.
void add_position(Chain& chain, int begins, int thresholds, const std::vector<double>& position) {
  if (thresholds > 1) {
    Layer& any = chain.add_linear("first", Op::conv, 1, static_cast<std::size_t>(thresholds), saturated(1, 0));
    any.inputs = {begins};
    std::ranges::fill(any.weights, 1);
  }
  Layer& column = chain.add("column", Op::argmax);
  if (thresholds == 1) column.inputs = {begins};
  Layer& layer = chain.add("position", Op::table);
  layer.output = {saturated(position_bits, position_bits)};
  auto& entries = layer.table.emplace_back();
  for (const double p : position) entries.push_back(quantize_real(p, layer.output[0]));
  while (!std::has_single_bit(entries.size())) entries.push_back(entries.back());
}

}  // namespace

Network road_network(const RoadConfig& config, const RoadBanks& found, const Dataset& data) {
  const std::vector<RoadBank>& banks = found.banks;
  expects(banks.size() == config.thresholds_gev.size(), "one bank per threshold");
  const std::vector<Road> roads = joined(banks);
  const auto stations = static_cast<int>(config.stations.size());
  const Target& pt = data.targets[target_place(data, "pt")];
  Network start;
  start.name = config.name;
  start.input = {1, data.rows, data.cols};
  start.input_format = data.input_format;
  start.targets = {pt};
  Chain chain(std::move(start));
  add_hits(chain, config, data.input_format);
  add_counts(chain, config, data);
  add_states(chain, roads, stations);
  add_found(chain, roads, stations);
  const int begins = chain.last() + 1;
  add_decisions(chain, banks, roads.size(), data.cols);
  add_pt(chain, config, pt);
  if (const auto place = position_place(data)) {
    const int decided = chain.last();
    chain.add_target(data.targets[*place]);
    add_position(chain, begins, static_cast<int>(banks.size()), found.position);
    const int position = chain.last();
    chain.add("answers", Op::concat).inputs = {decided, position};
  }
  Network network = std::move(chain).take();
  check(network);
  return network;
}

}  // namespace lutra
