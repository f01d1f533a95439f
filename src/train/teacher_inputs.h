#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "event/dataset.h"
#include "train/teacher_graph.h"

namespace lutra {

/// Events per call of the teacher: their activations stay in the cache. Part of "same study, same bytes".
inline constexpr std::size_t teacher_chunk = 128;

TeacherShape teacher_shape(const Dataset& data);

/// Inputs of some events as real numbers, [events][rows][cols].
std::vector<float> real_inputs(const Dataset& data, std::span<const std::uint32_t> events);

/// Calls work with consecutive chunks of at most teacher_chunk events, on at most `threads` threads, with progress.
void for_each_chunk(std::span<const std::uint32_t> events, int threads, std::string_view what, const Progress& progress,
                    const std::function<void(std::span<const std::uint32_t>)>& work);

}  // namespace lutra
