#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"

namespace lutra {

/// One layer of a network.json as the report shows it.
struct LayerSummary {
  std::string name;
  std::string op;              // "conv 3x3", "dense", ...
  std::array<int, 3> shape{};  // output: channels, rows, columns; zeros when the layer kind is not known here
  std::int64_t weights = 0;
  std::int64_t zero_weights = 0;
  int weight_bits = 0;             // two's complement bits that hold every weight; 0 without weights
  std::int64_t signed_digits = 0;  // non-zero digits of all weights in canonical signed digit form: the adders' work
  bool relu = false;
  std::string output;  // format of the outputs: "u4.4", "u2.2 .. u6.5", "" when it keeps its input's
};

/// Input first, then every layer. Error when the network is not made like network.json (model/network.h).
std::vector<LayerSummary> summarise_network(const Json& network, const std::string& where);

/// Non-zero digits of `value` in canonical signed digit form, |value| < 2^61. n ^ 3n has a one exactly where n has a
/// signed digit, one place up.
int count_signed_digits(std::int64_t value);

}  // namespace lutra
