#include "compile/cuts.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ir/interpret.h"
#include "ir/random_program.h"

namespace lutra {
namespace {

/// Index of the leaves' integers among a cut's results.
std::size_t place_of(const Program& program, const Cut& cut, const std::vector<std::int64_t>& values) {
  std::size_t place = 0, stride = 1;
  for (const int leaf : cut.leaves) {
    const Interval range = program.value(leaf).range;
    place += static_cast<std::size_t>(values[static_cast<std::size_t>(leaf)] - range.lo) * stride;
    stride *= static_cast<std::size_t>(range.hi - range.lo) + 1;
  }
  return place;
}

RC_GTEST_PROP(Cuts, ComputeTheirValues, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Program p = random_program(seed, {.inputs = 6, .values = 50, .max_bits = 6});
  const auto cuts = find_cuts(p);
  for (const auto& event : random_events(p, seed, 10)) {
    const auto values = interpret_values(p, event);
    for (std::size_t id = 0; id < values.size(); ++id)
      for (const Cut& cut : cuts[id]) {
        RC_ASSERT(cut.bits <= 6);
        const std::size_t place = place_of(p, cut, values);
        RC_ASSERT((cut.possible >> place & 1) == 1u);
        RC_ASSERT(cut.results[place] == values[id]);
      }
  }
}

}  // namespace
}  // namespace lutra
