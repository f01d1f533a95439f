#pragma once
#include <cstddef>
#include <functional>

namespace lutra {

/// Runs work(i) for i in [0, n) on at most `threads` threads (>= 1). The order is free: work must depend on i alone, so
/// that the result is the same for any number of threads. The first exception is rethrown here.
void parallel_for(std::size_t n, int threads, const std::function<void(std::size_t)>& work);

}  // namespace lutra
