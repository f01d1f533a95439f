#include "base/parallel.h"

#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "base/contract.h"

namespace lutra {

void parallel_for(std::size_t n, int threads, const std::function<void(std::size_t)>& work) {
  expects(threads >= 1, "threads >= 1");
  if (threads == 1) {
    for (std::size_t i = 0; i < n; ++i) work(i);
    return;
  }
  // More threads than cores would only earn a warning from TBB.
  tbb::task_arena arena(std::min(threads, tbb::info::default_concurrency()));
  arena.execute([&] { tbb::parallel_for(std::size_t{0}, n, work); });
}

}  // namespace lutra
