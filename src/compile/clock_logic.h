#pragma once
#include <vector>

#include "compile/folding.h"
#include "ir/builder.h"

namespace lutra {

/// Logic that depends on how many clocks ago an event arrived.
class ClockLogic {
 public:
  explicit ClockLogic(Builder& builder) : builder_(builder) {}

  /// 1 in these clocks (ascending, not empty) after an event arrived, else 0.
  int any_of(const std::vector<int>& clocks);

  /// `value` in these clocks, `padding` in all others.
  int mask(int value, const std::vector<int>& clocks, std::int64_t padding);

  /// options[i] in clock first + i; anything in other clocks.
  int choose(int first, const std::vector<int>& options);

  /// options[i] in clock first + i, where all options are there in clock `first`: a shift register loaded then.
  int shift_out(int first, const std::vector<int>& options);

 private:
  Builder& builder_;
};

/// The map's elements (channel by channel) moved so that `lanes` neighbours along the axis come in each clock, one
/// group after the other: then hardware behind it can be folded.
std::vector<Element> serialise(Builder& builder, const Shape& shape, const std::vector<Element>& map, Axis axis,
                               int lanes);

}  // namespace lutra
