#include "train/chunks.h"

#include <algorithm>

#include "base/parallel.h"

namespace lutra {

void for_each_chunk(std::span<const std::uint32_t> events, int threads, std::string_view what, const Progress& progress,
                    const std::function<void(std::span<const std::uint32_t>)>& work) {
  constexpr std::size_t round = 32;  // chunks between two reports of progress
  const std::size_t chunks = (events.size() + guide_chunk - 1) / guide_chunk;
  for (std::size_t first = 0; first < chunks; first += round) {
    progress(what, first, chunks);
    parallel_for(std::min(round, chunks - first), threads, [&](std::size_t c) {
      const std::size_t begin = (first + c) * guide_chunk;
      work(events.subspan(begin, std::min(guide_chunk, events.size() - begin)));
    });
  }
  progress(what, chunks, chunks);
}

}  // namespace lutra
