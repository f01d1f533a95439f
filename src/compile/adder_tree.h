#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "compile/digits.h"
#include "fixed/interval.h"
#include "ir/sum_plan.h"

namespace lutra {

struct AdderOptions {
  bool three_inputs = false;    // adders of three operands cost about as much as of two
  bool exact_ranges = true;     // of sums, by their linear forms; else of their operands' ranges
  bool spread_constant = true;  // row_constant.h
};

/// coefficient x what an input was `delay` clocks ago.
struct LinearTerm {
  int input = 0;
  int delay = 0;
  std::int64_t coefficient = 0;
};

/// A linear form and what its hardware adds to it for free.
struct LinearSignal {
  std::vector<LinearTerm> terms;  // sorted by input and delay
  std::int64_t offset = 0;
  Interval range;  // of form + offset, exact where all inputs can be anything in their ranges
  int level = 0;   // adders on the longest way to it
};

/// A signal as an operand of a sum.
struct TreePart {
  LinearSignal signal;
  int shift = 0;
  bool negative = false;
  int delay = 0;
};

/// Wanted result of a row: form + addend, up to a multiple of 2^modulus_bits that makes it non-negative (none when
/// modulus_bits is 0: exact).
struct RowTarget {
  std::int64_t addend = 0;
  int modulus_bits = 0;
  int frac = 0;
};

/// One adder: its operands, `signal` being the index of a part of the tree or, behind them, of an adder before this
/// one, and its constant.
struct TreeAdder {
  std::vector<Digit> operands;
  std::int64_t addend = 0;
  Interval range;
};

/// How to add up parts. With a target the last adder is form + target.addend + excess; without, it is `result`, up to
/// a shift, delay and sign, and a single part is its own sum.
struct AdderTree {
  std::vector<TreeAdder> adders;
  TreePart result;
  std::int64_t excess = 0;
  double luts = 0;
  bool last_in_series = false;  // the last adder has a row of its own for the constant: several adders in one clock
};

/// Plans sums over inputs of known ranges: earliest, lowest and narrowest parts first. Every sum but a row's last takes
/// the addend that costs nothing (sum_plan.h), so all intermediate values are unsigned and no sign is ever extended;
/// the last sum of a row makes up for it.
class TreePlanner {
 public:
  TreePlanner(std::vector<Interval> inputs, const AdderOptions& options)
      : inputs_(std::move(inputs)), options_(options) {}

  LinearSignal input(int id) const;

  /// With a target: a row. `parts` may be empty only then.
  AdderTree plan(const std::vector<TreePart>& parts, const std::optional<RowTarget>& target) const;

 private:
  struct Item;

  AdderTree plan(const std::vector<TreePart>& parts, const std::optional<RowTarget>& target, std::size_t last) const;
  Interval range_of(const std::vector<LinearTerm>& terms) const;
  std::vector<Field> gather(const std::vector<Item>& items, const Digit& base, TreeAdder& adder,
                            LinearSignal& sum) const;
  TreePart join(const std::vector<Item>& items, AdderTree& tree) const;
  void finish(AdderTree& tree, const std::vector<Item>& items, const RowTarget& target) const;

  std::vector<Interval> inputs_;
  AdderOptions options_;
};

}  // namespace lutra
