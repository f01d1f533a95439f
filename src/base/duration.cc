#include "base/duration.h"

#include <fmt/format.h>

#include <cmath>

namespace lutra {

std::string duration_text(double seconds) {
  const long long whole = std::llround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  return fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

}  // namespace lutra
