#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <iostream>
#include <map>

#include "student/hardware_cost.h"
#include "study/judge.h"

/// lut_calibration NETWORK... > experiments/lut_calibration.json: what the layers of networks cost after compilation,
/// beside what training can count of them, and the coefficients of HardwareCost that fit best (docs/training.md).
/// Networks of at most 1,200 estimated LUT are mapped with Yosys too.
namespace {

using namespace lutra;

constexpr double synthesised_luts = 1200;

struct Row {
  std::string network, layer;
  LayerBits bits;
  double lut = 0;  // the compiler's estimate
};

/// Solves the normal equations of `rows` x coefficients = 1 by elimination.
template <std::size_t n>
std::array<double, n> least_squares(const std::vector<std::array<double, n>>& rows) {
  std::array<std::array<double, n + 1>, n> m{};
  for (const auto& row : rows)
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) m[i][j] += row[i] * row[j];
      m[i][n] += row[i];
    }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t r = 0; r < n; ++r) {
      if (r == i || m[i][i] == 0) continue;
      const double factor = m[r][i] / m[i][i];
      for (std::size_t j = 0; j <= n; ++j) m[r][j] -= factor * m[i][j];
    }
  std::array<double, n> result{};
  for (std::size_t i = 0; i < n; ++i) result[i] = m[i][i] == 0 ? 0 : m[i][n] / m[i][i];
  return result;
}

/// Relative errors count: a layer of 50 LUT is as important as one of 5,000. Layers of sums, tables and poolings are
/// fitted on their own.
HardwareCost fit(const std::vector<Row>& rows) {
  std::vector<std::array<double, 3>> sums;
  std::vector<std::array<double, 1>> tables, poolings;
  for (const Row& r : rows) {
    const LayerBits& b = r.bits;
    if (b.products > 0) sums.push_back({b.products / r.lut, b.ebops / r.lut, b.output_bits / r.lut});
    if (b.table_luts > 0) tables.push_back({b.table_luts / r.lut});
    if (b.compared_bits > 0) poolings.push_back({b.compared_bits / r.lut});
  }
  const auto [product, ebop, output_bit] = least_squares(sums);
  return {product, ebop, output_bit, least_squares(tables)[0], least_squares(poolings)[0]};
}

Json cost_json(const HardwareCost& c) {
  return {{"per_product", c.per_product},
          {"per_ebop", c.per_ebop},
          {"per_output_bit", c.per_output_bit},
          {"per_table_lut", c.per_table_lut},
          {"per_compared_bit", c.per_compared_bit}};
}

/// Root mean square and largest of the relative errors.
Json errors_json(const std::vector<double>& relative) {
  double sum = 0, most = 0;
  for (const double e : relative) {
    sum += e * e;
    most = std::max(most, std::abs(e));
  }
  return {{"rms", std::sqrt(sum / static_cast<double>(relative.size()))}, {"largest", most}};
}

/// What one network costs in all, by each way of counting.
struct Total {
  double lut = 0, ebops = 0, predicted = 0;
  std::optional<double> yosys;
};

Json errors_of(const std::vector<Row>& rows, const std::map<std::string, Total>& totals, const HardwareCost& cost) {
  std::vector<double> by_layer, by_network, against_yosys, ebops_alone;
  double lut = 0, ebops = 0;
  for (const Row& r : rows) by_layer.push_back(cost_of(r.bits, cost) / r.lut - 1);
  for (const auto& [name, t] : totals) {
    lut += std::log(t.lut / t.ebops);
    ebops += 1;
  }
  const double per_ebop = std::exp(lut / ebops);
  for (const auto& [name, t] : totals) {
    by_network.push_back(t.predicted / t.lut - 1);
    ebops_alone.push_back(per_ebop * t.ebops / t.lut - 1);
    if (t.yosys) against_yosys.push_back(t.predicted / *t.yosys - 1);
  }
  return {{"layers", errors_json(by_layer)},
          {"networks", errors_json(by_network)},
          {"networks_by_yosys", errors_json(against_yosys)},
          {"networks_from_ebops_alone", errors_json(ebops_alone)}};
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<Row> rows;
  std::map<std::string, Total> totals;
  for (int i = 1; i < count; ++i) {
    const std::filesystem::path path = arguments[i];
    const std::string name = fmt::format("{}/{}", path.parent_path().filename().string(), path.stem().string());
    const Network network = read_network(path).network;
    const Json cost = cost_to_json(compile(network, {}).cost);
    const std::vector<LayerBits> bits = count_bits(network);
    for (const Json& layer : cost["layers"])
      for (std::size_t k = 0; k < bits.size(); ++k)
        if (network.layers[k].name == layer["name"] && layer["lut"] > 0 && cost_of(bits[k], hardware_cost("ebops")) > 0)
          rows.push_back({name, network.layers[k].name, bits[k], layer["lut"]});
    if (cost["lut"] <= synthesised_luts)
      totals[name].yosys = static_cast<double>(synthesise_network(path, {}, {.quiet = true}).lut());
    std::cerr << name << "\n";
  }
  const HardwareCost fitted = fit(rows);
  Json list = Json::array();
  for (const Row& r : rows) {
    Total& total = totals[r.network];
    total.lut += r.lut;
    total.ebops += cost_of(r.bits, hardware_cost("ebops"));
    total.predicted += cost_of(r.bits, fitted);
    list.push_back({r.network, r.layer, r.bits.products, r.bits.ebops, r.bits.output_bits, r.bits.table_luts,
                    r.bits.compared_bits, r.lut});
  }
  Json networks = Json::array();
  for (const auto& [name, t] : totals)
    networks.push_back({{"network", name},
                        {"ebops", t.ebops},
                        {"lut", t.lut},
                        {"lut_yosys", t.yosys ? Json(*t.yosys) : Json()},
                        {"predicted", std::round(t.predicted)}});
  const Json columns = {"network", "layer", "products", "ebops", "output_bits", "table_luts", "compared_bits", "lut"};
  std::cout << Json{{"what", "layers as counted in training, and their LUT by the compiler's estimate"},
                    {"fitted", cost_json(fitted)},
                    {"relative_errors", errors_of(rows, totals, fitted)},
                    {"networks", networks},
                    {"columns", columns},
                    {"layers", list}}
                   .dump(1)
            << "\n";
}
