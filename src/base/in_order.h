#pragma once
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cstddef>
#include <functional>

#include "base/contract.h"

namespace lutra {

/// Calls use(make(i)) for i in [0, n): makes on at most `threads` threads (>= 1) at a time, uses one after the other in
/// order, on any of these threads. A few results per thread wait at most, so memory is bounded. Nobody waits at a
/// barrier: while one thread uses a result, the others make the next ones. The first exception is rethrown here.
template <class Result>
void make_in_order(std::size_t n, int threads, const std::function<Result(std::size_t)>& make,
                   const std::function<void(const Result&)>& use) {
  expects(threads >= 1, "threads >= 1");
  if (threads == 1) {
    for (std::size_t i = 0; i < n; ++i) use(make(i));
    return;
  }
  std::size_t next = 0;
  const auto count = [&](tbb::flow_control& control) {
    if (next == n) control.stop();
    return next == n ? n : next++;
  };
  constexpr std::size_t waiting = 4;  // results per thread
  // More threads than cores would only earn a warning from TBB.
  tbb::task_arena arena(std::min(threads, tbb::info::default_concurrency()));
  arena.execute([&] {
    tbb::parallel_pipeline(waiting * static_cast<std::size_t>(threads),
                           tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order, count) &
                               tbb::make_filter<std::size_t, Result>(tbb::filter_mode::parallel, make) &
                               tbb::make_filter<Result, void>(tbb::filter_mode::serial_in_order, use));
  });
}

}  // namespace lutra
