#include "verify/stimulus.h"

#include "base/contract.h"
#include "base/random.h"

namespace lutra {
namespace {

void expect_16_bits(Format format) {
  expects(format.min() >= INT16_MIN && format.max() <= INT16_MAX, "network inputs fit 16 bits");
}

}  // namespace

std::vector<std::int16_t> corner_inputs(int inputs, Format format) {
  expect_16_bits(format);
  const auto lo = static_cast<std::int16_t>(format.min());
  const auto hi = static_cast<std::int16_t>(format.max());
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

std::vector<std::int16_t> scattered_inputs(int inputs, Format format, std::uint64_t seed, std::size_t events) {
  expect_16_bits(format);
  const auto values = static_cast<std::uint32_t>(format.max() - format.min() + 1);
  std::vector<std::int16_t> all;
  all.reserve(events * static_cast<std::size_t>(inputs));
  for (std::size_t event = 0; event < events; ++event) {
    Random random(seed, RandomStream::verify, event);
    const double occupancy = random.uniform();
    for (int i = 0; i < inputs; ++i) {
      const std::int64_t quiet = format.is_signed ? 0 : format.min();
      const std::int64_t value = random.chance(occupancy) ? format.min() + random.below(values) : quiet;
      all.push_back(static_cast<std::int16_t>(value));
    }
  }
  return all;
}

}  // namespace lutra
