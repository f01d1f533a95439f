#include "base/budget.h"

#include "base/error.h"

namespace lutra {
namespace {

[[noreturn]] void too_much(const std::string& what, std::uint64_t limit) {
  throw Error("more than " + std::to_string(limit) + " " + what, "", "");
}

}  // namespace

void Budget::spend(std::uint64_t amount) {
  if (amount > left_) too_much(what_, limit_);
  left_ -= amount;
}

std::uint64_t product_within(std::span<const std::uint64_t> factors, std::uint64_t limit, const std::string& what) {
  for (const std::uint64_t factor : factors)
    if (factor == 0) return 0;
  std::uint64_t product = 1;
  for (const std::uint64_t factor : factors) {
    if (factor > limit / product) too_much(what, limit);
    product *= factor;
  }
  return product;
}

std::uint64_t unpacked_limit(std::uint64_t file_bytes) {
  constexpr std::uint64_t small = 64'000'000;
  constexpr std::uint64_t most_ratio = 256;
  const std::uint64_t beyond = file_bytes > small ? file_bytes - small : 0;
  return 500'000'000 + most_ratio * beyond;
}

}  // namespace lutra
