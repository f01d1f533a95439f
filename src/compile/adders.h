#pragma once
#include <vector>

#include "compile/adder_tree.h"
#include "compile/sharing.h"
#include "ir/builder.h"

namespace lutra {

struct RowResult {
  int value = 0;
  std::int64_t excess = 0;  // value - (form + addend)
};

/// Turns shared sums and rows into adders of a program, as TreePlanner plans them.
class AdderMaker {
 public:
  /// `inputs`: values of the program.
  AdderMaker(Builder& builder, std::vector<int> inputs, const AdderOptions& options);

  /// Makes the shared sums; their signals follow the inputs.
  void add_shared(const std::vector<SharedSystem::Sum>& shared);

  RowResult add_row(const std::vector<Digit>& row, const RowTarget& target);

 private:
  std::vector<TreePart> parts_of(const std::vector<Digit>& digits) const;
  int make(const std::vector<Digit>& digits, const AdderTree& tree, std::optional<int> frac);

  Builder& builder_;
  TreePlanner planner_;
  std::vector<int> values_;            // of every signal
  std::vector<LinearSignal> signals_;  // the same
};

}  // namespace lutra
