#pragma once
#include <cstdint>
#include <vector>

#include "model/network.h"

namespace lutra {

/// Bounds of random_network.
struct RandomNetworkOptions {
  int max_side = 6;
  int max_channels = 4;
  int max_layers = 5;
  int max_weight_bits = 6;
  int max_value_bits = 6;
};

/// A valid network with random layers of every kind, formats, rounding and overflow rules: for property tests, here and
/// in every folder that must agree with the evaluator. A function of the seed alone.
Network random_network(std::uint64_t seed, const RandomNetworkOptions& options = {});

/// `events` random inputs over the whole input format; the first two are all-minimum and all-maximum.
std::vector<std::int16_t> random_inputs(const Network& network, std::uint64_t seed, std::size_t events);

}  // namespace lutra
