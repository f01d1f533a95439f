#include "train/teacher_inputs.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace lutra {

TeacherShape teacher_shape(const Dataset& data) {
  return {data.rows, data.cols, static_cast<int>(data.targets.size())};
}

std::vector<float> real_inputs(const Dataset& data, std::span<const std::uint32_t> events) {
  const float unit = std::ldexp(1.0f, -data.input_format.frac);
  std::vector<float> inputs;
  inputs.reserve(events.size() * data.input_size());
  for (const std::uint32_t e : events)
    for (const std::int16_t v : data.input(e)) inputs.push_back(static_cast<float>(v) * unit);
  return inputs;
}

void for_each_chunk(std::span<const std::uint32_t> events, int threads, std::string_view what, const Progress& progress,
                    const std::function<void(std::span<const std::uint32_t>)>& work) {
  constexpr std::size_t round = 32;  // chunks between two reports of progress
  const std::size_t chunks = (events.size() + teacher_chunk - 1) / teacher_chunk;
  for (std::size_t first = 0; first < chunks; first += round) {
    progress(what, first, chunks);
    parallel_for(std::min(round, chunks - first), threads, [&](std::size_t c) {
      const std::size_t begin = (first + c) * teacher_chunk;
      work(events.subspan(begin, std::min(teacher_chunk, events.size() - begin)));
    });
  }
  progress(what, chunks, chunks);
}

}  // namespace lutra
