#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

namespace lutra {

/// How a library tells its caller how far it is: (what, done, total). Called often and from one thread at a time; the
/// caller draws a bar, or throws Interrupted to end the work. Libraries never print.
using Progress = std::function<void(std::string_view what, std::uint64_t done, std::uint64_t total)>;

/// For callers that do not want to know.
inline void no_progress(std::string_view, std::uint64_t, std::uint64_t) {}

}  // namespace lutra
