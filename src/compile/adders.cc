#include "compile/adders.h"

#include <algorithm>

#include "base/contract.h"
#include "ir/sum_plan.h"

namespace lutra {
namespace {

std::int64_t shifted(std::int64_t value, int shift) { return shift_left({value, value}, shift).lo; }

/// Smallest multiple of 2^bits that is at least `value`.
std::int64_t round_up(std::int64_t value, int bits) {
  const std::int64_t step = std::int64_t{1} << bits;
  return -((-value) >> bits) * step;
}

}  // namespace

AdderMaker::Part AdderMaker::part_of(const Digit& digit) const {
  return {signals_[static_cast<std::size_t>(digit.signal)], digit.shift, digit.negative, digit.delay};
}

int AdderMaker::delayed(const Part& part, int clocks) { return builder_.previous(part.signal.value, clocks); }

std::int64_t AdderMaker::free_addend_of(const std::vector<Operand>& operands) const {
  std::vector<Interval> ranges;
  for (const Operand& o : operands) ranges.push_back(builder_.value(o.value).range);
  return free_addend(operands, ranges);
}

/// Their sum as one value; the common shift and delay and, when all are subtracted, the sign stay outside.
AdderMaker::Part AdderMaker::join(const std::vector<Part>& parts) {
  Part sum{{0, 0, 0}, parts[0].shift, true, parts[0].delay};
  for (const Part& p : parts) {
    sum.shift = std::min(sum.shift, p.shift);
    sum.delay = std::min(sum.delay, p.delay);
    sum.negative = sum.negative && p.negative;
    sum.signal.level = std::max(sum.signal.level, p.signal.level + 1);
  }
  std::vector<Operand> operands;
  for (const Part& p : parts)
    operands.push_back({delayed(p, p.delay - sum.delay), p.shift - sum.shift, p.negative && !sum.negative});
  const std::int64_t addend = free_addend_of(operands);
  sum.signal.offset = addend;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::int64_t part = shifted(parts[i].signal.offset, operands[i].shift);
    sum.signal.offset += operands[i].negative ? -part : part;
  }
  sum.signal.value = builder_.sum(operands, addend, builder_.value(parts[0].signal.value).frac);
  return sum;
}

void AdderMaker::add_shared(const std::vector<SharedSystem::Sum>& shared) {
  for (const SharedSystem::Sum& s : shared) {
    const Part sum = join({part_of(s.x), part_of(s.y)});
    expects(sum.shift == 0 && sum.delay == 0 && !sum.negative, "shared sums are normalised");
    signals_.push_back(sum.signal);
  }
}

/// Takes the earliest, lowest, narrowest parts out of the heap and adds them.
AdderMaker::Part AdderMaker::next_sum(std::vector<Part>& parts) {
  const auto later = [&](const Part& x, const Part& y) {
    const auto top = [&](const Part& p) { return builder_.value(p.signal.value).range.hi; };
    if (x.signal.level != y.signal.level) return x.signal.level > y.signal.level;
    if (x.shift != y.shift) return x.shift > y.shift;
    return top(x) != top(y) ? top(x) > top(y) : x.signal.value > y.signal.value;
  };
  const std::size_t take = options_.three_inputs && parts.size() > 3 ? 3 : 2;
  std::sort(parts.begin(), parts.end(), [&](const Part& x, const Part& y) { return later(y, x); });
  const std::vector<Part> taken(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(take));
  parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(take));
  return join(taken);
}

RowResult AdderMaker::add_row(const std::vector<Digit>& row, const RowTarget& target) {
  std::vector<Part> parts;
  for (const Digit& d : row) parts.push_back(part_of(d));
  while (parts.size() > 2) parts.push_back(next_sum(parts));
  return finish(parts, target);
}

/// The last sum, with the constant that the target still needs.
RowResult AdderMaker::finish(const std::vector<Part>& parts, const RowTarget& target) {
  std::vector<Operand> operands;
  std::int64_t offset = 0;
  Interval range{0, 0};
  for (const Part& p : parts) {
    operands.push_back({delayed(p, p.delay), p.shift, p.negative});
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
