#pragma once
#include <cstddef>
#include <functional>
#include <vector>

#include "train/compute.h"

namespace lutra {

/// What one part of a piece of work gives.
struct PartResult {
  std::vector<float> values;
  std::vector<double> sums;
};

/// Runs work(i) for i in [0, parts), shared out to the processes and their threads, and returns all results to every
/// process, in the order of the parts: the same bits whoever did them. Every result must hold `values` and `sums`
/// numbers.
std::vector<PartResult> share(std::size_t parts, std::size_t values, std::size_t sums, const Compute& compute,
                              const std::function<PartResult(std::size_t)>& work);

}  // namespace lutra
