#pragma once
#include <cstdint>

#include "model/network.h"

namespace lutra {

/// The published student's architecture (9x16 input, 3x3 convolutions with 1, 1, 6 and 6 channels, dense 10, 10, 2)
/// with fixed random weights: what compilers are compared on. Weights are z 2^e with z uniform in -7..7 and zero one
/// time in seven, e = -3 or -4 per output channel; activations u4.4, rounded half to even and saturated; the last layer
/// has 8 fractional bits. Inputs are fragments: u2.1.
Network published_student(std::uint64_t seed);

}  // namespace lutra
