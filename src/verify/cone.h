#pragma once
#include <functional>
#include <optional>

#include "verify/linear_form.h"

namespace lutra {

/// What a layer does to one exact sum: rounding, saturation, ReLU, a table.
struct SumFunction {
  std::function<std::int64_t(std::int64_t)> apply;
  bool is_monotonic = false;
};

/// All results of a function on `sums`, or `stated` where they are too many to look at.
Interval image(const SumFunction& function, Interval sums, Interval stated);

/// Sums of a cone that were looked at, over all calls.
struct ConeCount {
  std::uint64_t points = 0;
};

/// The value of the program that is `function` of the linear form `sum` for every integer that the sum can be, up to a
/// constant that the returned form holds; nothing when there is none. Between two points at which both are equal and
/// that have the same result, monotonic functions need not be looked at. Error when the range is too wide to enumerate.
std::optional<LinearForm> find_function(const ProgramForms& forms, const LinearForm& sum, const SumFunction& function,
                                        ConeCount& count);

}  // namespace lutra
