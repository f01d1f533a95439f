#pragma once
#include <cstdint>

#include "model/network.h"

namespace lutra {

/// Bits of a weight that carry information: from its highest to its lowest set bit; 0 of 0.
int effective_bits(std::int64_t weight);

/// Effective bit operations: the sum over all products of (bits of the weight that carry information) x (bits of the
/// input), arXiv 2405.00645. A weight of 0 costs nothing. Products with the zeros of a padding count. Errors as
/// check().
double effective_bit_operations(const Network& network);

/// Products of weights and inputs, those with zero weights included.
double products(const Network& network);

}  // namespace lutra
