#pragma once
#include <vector>

#include "model/network.h"

namespace lutra {

/// What the hardware of a layer follows from, as far as it can be counted without compiling.
struct LayerBits {
  double products = 0;       // with weights that are not 0
  double ebops = 0;          // sum over them of effective_bits(weight) x (bits of the input)
  double output_bits = 0;    // of its quantized sums
  double table_luts = 0;     // six-input tables: output bits x 2^max(address bits - 6, 0)
  double compared_bits = 0;  // of a pooling: comparisons x bits
};

/// Counted element by element, padding and zero weights left out; [layers]. Errors as check().
std::vector<LayerBits> count_bits(const Network& network);

}  // namespace lutra
