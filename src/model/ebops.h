#pragma once
#include "model/network.h"

namespace lutra {

/// Effective bit operations: the sum over all products of (bits of the weight that carry information) x (bits of the
/// input), arXiv 2405.00645. The bits of a weight reach from its highest to its lowest set bit; a weight of 0 costs
/// nothing. Products with the zeros of a padding count. Errors as check().
double effective_bit_operations(const Network& network);

/// Products of weights and inputs, those with zero weights included.
double products(const Network& network);

}  // namespace lutra
