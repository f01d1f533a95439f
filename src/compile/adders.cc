#include "compile/adders.h"

#include "base/contract.h"

namespace lutra {
namespace {

std::vector<Interval> ranges_of(const Builder& builder, const std::vector<int>& values) {
  std::vector<Interval> ranges;
  for (const int v : values) ranges.push_back(builder.value(v).range);
  return ranges;
}

}  // namespace

AdderMaker::AdderMaker(Builder& builder, std::vector<int> inputs, const AdderOptions& options)
    : builder_(builder), planner_(ranges_of(builder, inputs), options), values_(std::move(inputs)) {
  for (std::size_t i = 0; i < values_.size(); ++i) signals_.push_back(planner_.input(static_cast<int>(i)));
}

std::vector<TreePart> AdderMaker::parts_of(const std::vector<Digit>& digits) const {
  std::vector<TreePart> parts;
  for (const Digit& d : digits)
    parts.push_back({signals_[static_cast<std::size_t>(d.signal)], d.shift, d.negative, d.delay});
  return parts;
}

/// The tree's last sum; `frac` is what it says of its binary point.
int AdderMaker::make(const std::vector<Digit>& digits, const AdderTree& tree, std::optional<int> frac) {
  std::vector<int> values;
  for (const Digit& d : digits) values.push_back(values_[static_cast<std::size_t>(d.signal)]);
  for (const TreeAdder& adder : tree.adders) {
    std::vector<Operand> operands;
    for (const Digit& d : adder.operands)
      operands.push_back({builder_.previous(values[static_cast<std::size_t>(d.signal)], d.delay), d.shift, d.negative});
    const bool is_last = &adder == &tree.adders.back();
    const int binary_point =
        is_last && frac ? *frac : builder_.value(values[static_cast<std::size_t>(adder.operands[0].signal)]).frac;
    values.push_back(builder_.sum(std::move(operands), adder.addend, binary_point, adder.range));
  }
  return values.back();
}

void AdderMaker::add_shared(const std::vector<SharedSystem::Sum>& shared) {
  for (const SharedSystem::Sum& digits : shared) {
    AdderTree tree = planner_.plan(parts_of(digits), {});
    const TreePart& sum = tree.result;
    expects(sum.shift == 0 && sum.delay == 0 && !sum.negative, "shared sums are normalised");
    values_.push_back(make(digits, tree, {}));
    signals_.push_back(tree.result.signal);
  }
}

RowResult AdderMaker::add_row(const std::vector<Digit>& row, const RowTarget& target) {
  const AdderTree tree = planner_.plan(parts_of(row), target);
  return {make(row, tree, target.frac), tree.excess};
}

}  // namespace lutra
