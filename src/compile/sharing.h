#pragma once
#include <vector>

#include "compile/digits.h"
#include "fixed/interval.h"

namespace lutra {

/// A signal that enters a constant matrix product.
struct LinearInput {
  Interval range;
  int level = 0;  // adder levels before it
};

/// Rows of a constant matrix as sums of digits; offsets are not part of it.
struct LinearSystem {
  std::vector<LinearInput> inputs;
  std::vector<std::vector<Digit>> rows;
};

/// The same rows after common sums were given a name: signal inputs.size() + i is the sum of the digits shared[i], of
/// which one has no shift, one no delay, and one no sign.
struct SharedSystem {
  using Sum = std::vector<Digit>;
  std::vector<Sum> shared;
  std::vector<std::vector<Digit>> rows;
};

struct SharingOptions {
  int extra_levels = 1;  // adder levels that a row may have above the fewest possible for the deepest row
  bool enabled = true;   // else every row stays as it is
  bool unshare = true;   // unshare.h; else the common sums stay
};

/// Greedy two-term common-subexpression elimination over all rows at once (after Hartley 1996 and da4ml,
/// arXiv 2507.04535): the pair of digits (signal, signal, relative shift, relative sign) that saves most adder bits
/// gets a name until no pair occurs twice. Rows of neighbouring convolution positions share their signals, so their
/// common sums are found too; with delays, so do the clocks of hardware that computes them one after the other.
SharedSystem share_sums(const LinearSystem& system, const SharingOptions& options);

}  // namespace lutra
