#include "compile/adder_tree.h"

#include <algorithm>
#include <tuple>

#include "compile/row_constant.h"
#include "ir/sum_plan.h"

namespace lutra {
namespace {

std::int64_t shifted(std::int64_t value, int shift) { return shift_left({value, value}, shift).lo; }

/// Smallest multiple of 2^bits that is at least `value`.
std::int64_t round_up(std::int64_t value, int bits) {
  const std::int64_t step = std::int64_t{1} << bits;
  return -((-value) >> bits) * step;
}

/// x + the part's form, shifted, delayed and with its sign.
std::vector<LinearTerm> plus(const std::vector<LinearTerm>& x, const std::vector<LinearTerm>& y, const Digit& by) {
  const auto scaled = [&](LinearTerm t) {
    t.delay += by.delay;
    t.coefficient = shifted(t.coefficient, by.shift) * (by.negative ? -1 : 1);
    return t;
  };
  std::vector<LinearTerm> sum;
  sum.reserve(x.size() + y.size());
  auto a = x.begin();
  for (const LinearTerm& term : y) {
    const LinearTerm b = scaled(term);
    while (a != x.end() && std::tie(a->input, a->delay) < std::tie(b.input, b.delay)) sum.push_back(*a++);
    if (a == x.end() || a->input != b.input || a->delay != b.delay)
      sum.push_back(b);
    else if (const std::int64_t c = (a++)->coefficient + b.coefficient; c != 0)
      sum.push_back({b.input, b.delay, c});
  }
  sum.insert(sum.end(), a, x.end());
  return sum;
}

}  // namespace

struct TreePlanner::Item {
  TreePart part;
  int index = 0;
};

LinearSignal TreePlanner::input(int id) const { return {{{id, 0, 1}}, 0, inputs_[static_cast<std::size_t>(id)], 0}; }

/// Of a linear form.
Interval TreePlanner::range_of(const std::vector<LinearTerm>& terms) const {
  Interval range{0, 0};
  for (const LinearTerm& t : terms) range = range + inputs_[static_cast<std::size_t>(t.input)] * t.coefficient;
  return range;
}

/// Operands of an adder relative to `base`, their sum without a constant, and their fields.
std::vector<Field> TreePlanner::gather(const std::vector<Item>& items, const Digit& base, TreeAdder& adder,
                                       LinearSignal& sum) const {
  std::vector<Field> fields;
  for (const Item& item : items) {
    const TreePart& p = item.part;
    const Digit operand{item.index, p.shift - base.shift, p.negative != base.negative, p.delay - base.delay};
    adder.operands.push_back(operand);
    fields.push_back(field_of({item.index, operand.shift, operand.negative}, p.signal.range));
    sum.terms = plus(sum.terms, p.signal.terms, operand);
    sum.offset += shifted(p.signal.offset, operand.shift) * (operand.negative ? -1 : 1);
    const Interval range = shift_left(p.signal.range, operand.shift);
    sum.range = operand.negative ? sum.range - range : sum.range + range;
    sum.level = std::max(sum.level, p.signal.level + 1);
  }
  if (options_.exact_ranges) sum.range = range_of(sum.terms) + Interval{sum.offset, sum.offset};
  return fields;
}

/// The items' sum with the addend that costs nothing. Their common shift and delay and, when all are subtracted, the
/// sign stay outside.
TreePart TreePlanner::join(const std::vector<Item>& items, AdderTree& tree) const {
  TreePart sum{{}, items[0].part.shift, true, items[0].part.delay};
  for (const Item& item : items) {
    sum.shift = std::min(sum.shift, item.part.shift);
    sum.delay = std::min(sum.delay, item.part.delay);
    sum.negative = sum.negative && item.part.negative;
  }
  TreeAdder adder;
  std::vector<Field> fields = gather(items, {0, sum.shift, sum.negative, sum.delay}, adder, sum.signal);
  adder.addend = free_addend(fields);
  sum.signal.offset += adder.addend;
  sum.signal.range = sum.signal.range + Interval{adder.addend, adder.addend};
  adder.range = sum.signal.range;
  const int bits = smallest_format(adder.range, 0).bits;
  tree.luts += sum_luts(plan_sum(std::move(fields), adder.addend, bits), options_.three_inputs);
  tree.adders.push_back(std::move(adder));
  return sum;
}

/// The last sum of a row, with the constant that the target still needs.
void TreePlanner::finish(AdderTree& tree, const std::vector<Item>& items, const RowTarget& target) const {
  TreeAdder adder;
  LinearSignal sum;
  std::vector<Field> fields = gather(items, {}, adder, sum);
  const std::int64_t missing = target.addend - sum.offset;
  const Interval wanted = sum.range + Interval{missing, missing};
  if (target.modulus_bits > 0) tree.excess = round_up(-wanted.lo, target.modulus_bits);
  adder.addend = missing + tree.excess;
  adder.range = wanted + Interval{tree.excess, tree.excess};
  const int bits = smallest_format(adder.range, 0).bits;
  tree.luts += sum_luts(plan_sum(std::move(fields), adder.addend, bits), options_.three_inputs);
  tree.adders.push_back(std::move(adder));
}

AdderTree TreePlanner::plan(const std::vector<TreePart>& parts, const std::optional<RowTarget>& target) const {
  if (!target) return plan(parts, target, 1);
  AdderTree two = plan(parts, target, 2);
  if (!options_.spread_constant || !options_.three_inputs || parts.size() < 3) return two;
  AdderTree three = plan(parts, target, 3);
  return three.luts < two.luts && !three.last_in_series ? three : two;
}

AdderTree TreePlanner::plan(const std::vector<TreePart>& parts, const std::optional<RowTarget>& target,
                            std::size_t last) const {
  AdderTree tree;
  std::vector<Item> items;
  for (const TreePart& p : parts) items.push_back({p, static_cast<int>(items.size())});
  const auto before = [](const Item& x, const Item& y) {
    const auto key = [](const Item& i) {
      return std::tie(i.part.signal.level, i.part.shift, i.part.signal.range.hi, i.index);
    };
    return key(x) < key(y);
  };
  std::sort(items.begin(), items.end(), before);
  while (items.size() > last) {
    // Two at once where needed to have three later, when operands are wider.
    const bool three = options_.three_inputs && items.size() > 2 && (items.size() - last) % 2 == 0;
    const auto end = items.begin() + (three ? 3 : 2);
    const std::vector<Item> taken(items.begin(), end);
    items.erase(items.begin(), end);
    Item sum{join(taken, tree), static_cast<int>(parts.size() + tree.adders.size()) - 1};
    items.insert(std::upper_bound(items.begin(), items.end(), sum, before), std::move(sum));
  }
  if (!target) {
    tree.result = items[0].part;
    return tree;
  }
  finish(tree, items, *target);
  if (!options_.spread_constant) return tree;
  std::vector<Interval> ranges;
  for (const TreePart& p : parts) ranges.push_back(p.signal.range);
  spread_constant(tree, ranges, options_);
  return tree;
}

}  // namespace lutra
