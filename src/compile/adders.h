#pragma once
#include <vector>

#include "compile/sharing.h"
#include "ir/builder.h"

namespace lutra {

/// A linear form in a program: the value is the form plus a constant that its hardware gets for free.
struct LinearSignal {
  int value = 0;
  std::int64_t offset = 0;
  int level = 0;  // adders on the longest way to it
};

/// Wanted result of a row: form + addend, up to a multiple of 2^modulus_bits that makes it non-negative (none when
/// modulus_bits is 0: exact).
struct RowTarget {
  std::int64_t addend = 0;
  int modulus_bits = 0;
  int frac = 0;
};

struct RowResult {
  int value = 0;
  std::int64_t excess = 0;  // value - (form + addend)
};

struct AdderOptions {
  bool three_inputs = false;  // adders of three operands cost about as much as of two
};

/// Turns shared sums and rows into adders of a program. Every sum before the last takes the addend that costs nothing
/// (sum_plan.h), so all intermediate values are unsigned and no sign is ever extended; the last sum of a row makes up
/// for it.
class AdderMaker {
 public:
  AdderMaker(Builder& builder, std::vector<LinearSignal> inputs, const AdderOptions& options)
      : builder_(builder), signals_(std::move(inputs)), options_(options) {}

  /// Makes the shared sums; their signals follow the inputs.
  void add_shared(const std::vector<SharedSystem::Sum>& shared);

  /// Adds up a row, earliest and narrowest first.
  RowResult add_row(const std::vector<Digit>& row, const RowTarget& target);

 private:
  struct Part {
    LinearSignal signal;
    int shift = 0;
    bool negative = false;
    int delay = 0;
  };

  Part part_of(const Digit& digit) const;
  int delayed(const Part& part, int clocks);
  Part join(const std::vector<Part>& parts);
  Part next_sum(std::vector<Part>& parts);
  RowResult finish(const std::vector<Part>& parts, const RowTarget& target);
  std::int64_t free_addend_of(const std::vector<Operand>& operands) const;

  Builder& builder_;
  std::vector<LinearSignal> signals_;
  AdderOptions options_;
};

}  // namespace lutra
