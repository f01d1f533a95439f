#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/target.h"
#include "fixed/format.h"
#include "fixed/interval.h"

namespace lutra {

/// From a network's output integers and the window's start to the trigger's words, in integers only:
/// docs/arithmetic.md.
struct TriggerRule {
  std::size_t pt_output = 0;
  std::optional<std::size_t> eta_output;  // none: the position is the window's start alone
  Format pt;                              // as the network gives it
  Format eta;                             // as the network gives it, relative to the window
  std::int64_t largest_rejected = 0;      // accept when the pT integer is larger
  std::int64_t eta_factor = 1;            // position = eta_factor x eta + (start << start_shift)
  int start_shift = 0;
  Format position;  // in columns of the image: its frac is start_shift
};

/// The rule for a network with these targets and output formats, whose windows start in `starts`. pT is accepted when
/// its physical value is above the threshold (strictly), exactly as the software decides. Error unless there is one
/// target "pt" and at most one that moves with the window, by a whole number of columns, of at most 32 bits each.
TriggerRule make_trigger_rule(const std::vector<Target>& targets, const std::vector<Format>& formats, Interval starts,
                              double threshold);

/// The trigger's words: pT integer, position integer, decision (0 or 1).
std::vector<std::int64_t> apply(const TriggerRule& rule, std::span<const std::int64_t> outputs, std::int64_t start);

/// Formats of these words.
std::vector<Format> word_formats(const TriggerRule& rule);

}  // namespace lutra
