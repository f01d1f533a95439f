#pragma once
#include <string>

#include "model/layer_bits.h"

namespace lutra {

/// What each of the bits of a layer costs.
struct HardwareCost {
  double per_product = 0;
  double per_ebop = 1;
  double per_output_bit = 0;
  double per_table_lut = 1.4;  // as many EBOPs as a LUT of a dense layer stands for
  double per_compared_bit = 1;
  bool to_lowest_one = false;  // training counts the bits of a weight to its lowest one, not to its grid's last place
};

/// "ebops": effective bit operations (arXiv 2405.00645). "luts": look-up tables, fitted to what the compiler makes of
/// networks (experiments/lut_calibration.json, docs/training.md).
HardwareCost hardware_cost(const std::string& unit);

double cost_of(const LayerBits& bits, const HardwareCost& cost);

}  // namespace lutra
