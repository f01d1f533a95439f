#pragma once
#include "compile/adders.h"
#include "model/unroll.h"

namespace lutra {

/// How one output of a layer follows from the exact sum of its products: which constant to add to the sum, and the
/// rounding and limiting of the result. ReLU, rounding and saturation are one clamp; the constant merges the bias, the
/// half of the rounding, and a multiple of the clamp's period that makes the sum unsigned.
class SumQuantizer {
 public:
  /// `sum` is the range of the products without bias; `node` is linear.
  SumQuantizer(const Node& node, Interval sum);

  RowTarget target() const { return target_; }

  /// The output element's value from the row's.
  int finish(Builder& builder, const RowResult& row) const;

 private:
  void plan_saturation(Interval rounded);

  const Node& node_;
  int drop_ = 0;   // bits below the output's last place
  int raise_ = 0;  // zeros to append
  bool even_ = false;
  bool limited_ = false;  // by a clamp whose period is 2^period_bits_
  Interval limits_;       // of the output
  int period_bits_ = 0;
  RowTarget target_;
};

}  // namespace lutra
