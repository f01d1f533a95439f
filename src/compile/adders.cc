#include "compile/adders.h"

#include <algorithm>

#include "base/contract.h"
#include "ir/sum_plan.h"

namespace lutra {
namespace {

Operand operand(const LinearSignal& signal, int shift, bool negative) { return {signal.value, shift, negative}; }

std::int64_t shifted(std::int64_t value, int shift) { return shift_left({value, value}, shift).lo; }

/// Smallest multiple of 2^bits that is at least `value`.
std::int64_t round_up(std::int64_t value, int bits) {
  const std::int64_t step = std::int64_t{1} << bits;
  return -((-value) >> bits) * step;
}

}  // namespace

AdderMaker::Part AdderMaker::part_of(const Digit& digit) const {
  return {signals_[static_cast<std::size_t>(digit.signal)], digit.shift, digit.negative};
}

std::int64_t AdderMaker::free_addend_of(const std::vector<Operand>& operands) const {
  std::vector<Interval> ranges;
  for (const Operand& o : operands) ranges.push_back(builder_.value(o.value).range);
  return free_addend(operands, ranges);
}

/// x + y as one value; the common shift and, when both are subtracted, the sign stay outside.
AdderMaker::Part AdderMaker::join(Part x, Part y) {
  const int shift = std::min(x.shift, y.shift);
  const bool negative = x.negative && y.negative;
  const std::vector<Operand> operands{operand(x.signal, x.shift - shift, x.negative && !negative),
                                      operand(y.signal, y.shift - shift, y.negative && !negative)};
  const std::int64_t addend = free_addend_of(operands);
  std::int64_t offset = addend;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::int64_t part = shifted(i == 0 ? x.signal.offset : y.signal.offset, operands[i].shift);
    offset += operands[i].negative ? -part : part;
  }
  const int frac = builder_.value(x.signal.value).frac;
  const int value = builder_.sum(operands, addend, frac);
  return {{value, offset, std::max(x.signal.level, y.signal.level) + 1}, shift, negative};
}

void AdderMaker::add_shared(const std::vector<SharedSystem::Sum>& shared) {
  for (const SharedSystem::Sum& s : shared) {
    const Part sum = join(part_of(s.x), part_of(s.y));
    expects(sum.shift == 0 && !sum.negative, "shared sums are normalised");
    signals_.push_back(sum.signal);
  }
}

RowResult AdderMaker::add_row(const std::vector<Digit>& row, const RowTarget& target) {
  std::vector<Part> parts;
  for (const Digit& d : row) parts.push_back(part_of(d));
  const auto later = [&](const Part& x, const Part& y) {
    const auto top = [&](const Part& p) { return builder_.value(p.signal.value).range.hi; };
    if (x.signal.level != y.signal.level) return x.signal.level > y.signal.level;
    if (x.shift != y.shift) return x.shift > y.shift;
    return top(x) != top(y) ? top(x) > top(y) : x.signal.value > y.signal.value;
  };
  std::make_heap(parts.begin(), parts.end(), later);
  const auto take = [&] {
    std::pop_heap(parts.begin(), parts.end(), later);
    const Part p = parts.back();
    parts.pop_back();
    return p;
  };
  while (parts.size() > 2) {
    const Part x = take(), y = take();
    parts.push_back(join(x, y));
    std::push_heap(parts.begin(), parts.end(), later);
  }
  std::vector<Operand> operands;
  std::int64_t offset = 0;
  Interval range{0, 0};
  for (const Part& p : parts) {
    operands.push_back(operand(p.signal, p.shift, p.negative));
    const std::int64_t part = shifted(p.signal.offset, p.shift);
    offset += p.negative ? -part : part;
    const Interval field = shift_left(builder_.value(p.signal.value).range, p.shift);
    range = p.negative ? range - field : range + field;
  }
  const std::int64_t addend = target.addend - offset;
  std::int64_t excess = 0;
  if (target.modulus_bits > 0) excess = round_up(-(range.lo + addend), target.modulus_bits);
  return {builder_.sum(operands, addend + excess, target.frac), excess};
}

}  // namespace lutra
