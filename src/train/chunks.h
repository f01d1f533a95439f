#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "base/progress.h"

namespace lutra {

/// Events per call of a guide: their activations stay in the cache. Part of "same study, same bytes".
inline constexpr std::size_t guide_chunk = 128;

/// Calls work with consecutive chunks of at most guide_chunk events, on at most `threads` threads, with progress.
void for_each_chunk(std::span<const std::uint32_t> events, int threads, std::string_view what, const Progress& progress,
                    const std::function<void(std::span<const std::uint32_t>)>& work);

}  // namespace lutra
