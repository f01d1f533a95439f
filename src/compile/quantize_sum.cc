#include "compile/quantize_sum.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace lutra {
namespace {

constexpr int largest_drop = 61;

bool is_power_of_two(std::uint64_t v) { return std::has_single_bit(v); }

}  // namespace

SumQuantizer::SumQuantizer(const Node& node, Interval sum) : node_(node) {
  target_ = {node.bias, 0, node.frac};
  limits_ = {node.relu ? 0 : std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  if (!node.quantized) return;
  const Quantizer& q = node.quantizer;
  drop_ = std::clamp(node.frac - q.format.frac, 0, largest_drop);
  raise_ = std::max(q.format.frac - node.frac, 0);
  even_ = drop_ > 0 && q.rounding == Rounding::half_even;
  if (drop_ > 0 && q.rounding != Rounding::down) target_.addend += std::int64_t{1} << (drop_ - 1);
  if (q.overflow == Overflow::wrap) return;
  limits_ = {std::max(limits_.lo, q.format.min()), q.format.max()};
  const Interval exact = sum + Interval{target_.addend, target_.addend};
  plan_saturation({exact.lo >> drop_, exact.hi >> drop_});
}

void SumQuantizer::plan_saturation(Interval rounded) {
  const auto size = static_cast<std::uint64_t>(limits_.hi - limits_.lo) + 1;
  limited_ = raise_ == 0 && is_power_of_two(size) && (!even_ || (limits_.lo & 1) == 0) &&
             (rounded.lo < limits_.lo || rounded.hi > limits_.hi);
  if (!limited_) return;
  period_bits_ = std::countr_zero(size);
  target_.addend -= shift_left({limits_.lo, limits_.lo}, drop_).lo;
  target_.modulus_bits = std::max(drop_ + period_bits_, 1);
}

int SumQuantizer::finish(Builder& builder, const RowResult& row) const {
  int value = row.value;
  if (raise_ > 0) value = builder.sum({{value, raise_}}, 0, node_.frac + raise_);
  value = even_ ? builder.even(value, drop_) : builder.floor(value, drop_);
  if (limited_) {
    const std::int64_t lowest = row.excess >> drop_;
    value = builder.clamp(value, {lowest, lowest + (limits_.hi - limits_.lo)});
    return builder.sum({{value}}, limits_.lo - lowest, node_.quantizer.format.frac);
  }
  value = builder.clamp(value, limits_);
  if (node_.quantized && node_.quantizer.overflow == Overflow::wrap)
    value = builder.wrap(value, node_.quantizer.format);
  return value;
}

}  // namespace lutra
