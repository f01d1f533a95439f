#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

namespace lutra {

/// How a library tells its caller how far it is: (what, done, total). Called often and from one thread at a time; the
/// caller draws a bar, or throws Interrupted to end the work. Libraries never print.
using Progress = std::function<void(std::string_view what, std::uint64_t done, std::uint64_t total)>;

/// A line for people through the same channel: a total of 0 with 1 done.
inline void remark(const Progress& progress, std::string_view text) { progress(text, 1, 0); }
inline bool is_remark(std::uint64_t done, std::uint64_t total) { return done == 1 && total == 0; }

/// For callers that do not want to know.
inline void no_progress(std::string_view, std::uint64_t, std::uint64_t) {}

}  // namespace lutra
