#include "verify/stimulus.h"

#include "base/contract.h"
#include "base/random.h"

namespace lutra {
namespace {

void expect_16_bits(Interval range) {
  expects(range.lo >= INT16_MIN && range.hi <= INT16_MAX, "network inputs fit 16 bits");
}

}  // namespace

std::vector<std::int16_t> corner_inputs(int inputs, Interval range) {
  expect_16_bits(range);
  const auto lo = static_cast<std::int16_t>(range.lo);
  const auto hi = static_cast<std::int16_t>(range.hi);
  std::vector<std::int16_t> all;
  const auto add = [&](auto value_of) {
    for (int i = 0; i < inputs; ++i) all.push_back(value_of(i));
  };
  add([&](int) { return lo; });
  add([&](int) { return hi; });
  add([&](int i) { return i % 2 ? hi : lo; });
  add([&](int i) { return i % 2 ? lo : hi; });
  for (int one = 0; one < inputs; ++one) {
    add([&](int i) { return i == one ? hi : lo; });
    add([&](int i) { return i == one ? lo : hi; });
  }
  return all;
}

std::vector<std::int16_t> scattered_inputs(int inputs, Interval range, std::uint64_t seed, std::size_t events) {
  expect_16_bits(range);
  const auto values = static_cast<std::uint32_t>(range.hi - range.lo + 1);
  std::vector<std::int16_t> all;
  all.reserve(events * static_cast<std::size_t>(inputs));
  for (std::size_t event = 0; event < events; ++event) {
    Random random(seed, RandomStream::verify, event);
    const double occupancy = random.uniform();
    for (int i = 0; i < inputs; ++i) {
      const std::int64_t quiet = range.contains(0) ? 0 : range.lo;
      const std::int64_t value = random.chance(occupancy) ? range.lo + random.below(values) : quiet;
      all.push_back(static_cast<std::int16_t>(value));
    }
  }
  return all;
}

}  // namespace lutra
