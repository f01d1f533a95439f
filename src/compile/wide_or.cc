#include "compile/wide_or.h"

#include <algorithm>

#include "compile/cleanup.h"
#include "compile/cuts.h"
#include "compile/side_by_side.h"
#include "ir/builder.h"

namespace lutra {
namespace {

constexpr std::size_t fewest_operands = 3;
constexpr std::size_t chain_from = 12;    // groups: a tree would cost two more LUTs and a level
constexpr std::size_t chain_length = 40;  // bits of a carry chain that leave time for a table before it
constexpr std::size_t tree_inputs = 6;

bool is_bit(const Value& v) { return v.range == Interval{0, 1}; }

/// Some operands and the values that they together depend on.
struct Group {
  std::vector<int> operands;
  std::vector<int> leaves;
  int bits = 0;
};

class OrFinder {
 public:
  explicit OrFinder(const Program& program)
      : program_(program), uses_(count_uses(program)), cuts_(find_cuts(program)) {}

  /// Operands of the OR that the value is; empty when it is none.
  std::vector<int> operands(int id) const {
    const Value& v = program_.value(id);
    std::vector<int> found;
    if (is_bit(v) && (v.op == Opcode::max || is_any(v)))
      for (const Operand& o : v.args) add_nonzero(o.value, found);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  /// Fewest operands that one table each can make, those with most bits first.
  std::vector<Group> groups(const std::vector<int>& operands) const {
    std::vector<Group> single;
    for (const int id : operands) single.push_back(alone(id));
    std::stable_sort(single.begin(), single.end(), [](const Group& x, const Group& y) { return x.bits > y.bits; });
    std::vector<Group> groups;
    for (const Group& g : single) {
      Group* best = nullptr;
      for (Group& candidate : groups)
        if (grown(candidate, g) <= 0 && (best == nullptr || spared(candidate, g) > spared(*best, g))) best = &candidate;
      if (best == nullptr)
        groups.push_back(g);
      else
        *best = joined(*best, g);
    }
    return groups;
  }

 private:
  bool are_natural(const Value& v) const {
    return std::all_of(v.args.begin(), v.args.end(),
                       [&](const Operand& o) { return program_.value(o.value).range.lo >= 0; });
  }

  bool is_positive(const Value& v) const {
    return v.a == 0 && are_natural(v) &&
           std::none_of(v.args.begin(), v.args.end(), [](const Operand& o) { return o.negative; });
  }

  /// Natural numbers limited to one bit.
  bool is_any(const Value& v) const { return v.op == Opcode::clamp && v.a == 0 && v.b == 1 && are_natural(v); }

  /// Whether the value is only there for the OR that uses it.
  bool is_inside(int id) const {
    const Value& v = program_.value(id);
    if (uses_[static_cast<std::size_t>(id)] != 1 || v.range.lo < 0) return false;
    if (v.op == Opcode::max) return are_natural(v);
    return v.op == Opcode::sum ? is_positive(v) : is_any(v);
  }

  /// Values that are not all 0 when this one is not 0.
  void add_nonzero(int id, std::vector<int>& found) const {
    if (!is_inside(id)) {
      found.push_back(id);
      return;
    }
    for (const Operand& o : program_.value(id).args) add_nonzero(o.value, found);
  }

  Group alone(int id) const {
    const std::vector<Cut>& cuts = cuts_[static_cast<std::size_t>(id)];
    const bool for_this_only = uses_[static_cast<std::size_t>(id)] == 1;
    if (for_this_only && cuts.size() > 1) return {{id}, cuts[1].leaves, cuts[1].bits};
    return {{id}, {id}, format_of(program_.value(id)).bits};
  }

  int bits_of(const std::vector<int>& leaves) const {
    int bits = 0;
    for (const int leaf : leaves) bits += format_of(program_.value(leaf)).bits;
    return bits;
  }

  Group joined(const Group& x, const Group& y) const {
    Group all{x.operands, {}, 0};
    all.operands.insert(all.operands.end(), y.operands.begin(), y.operands.end());
    std::set_union(x.leaves.begin(), x.leaves.end(), y.leaves.begin(), y.leaves.end(), std::back_inserter(all.leaves));
    all.bits = bits_of(all.leaves);
    return all;
  }

  /// Bits beyond one table.
  int grown(const Group& x, const Group& y) const { return joined(x, y).bits - static_cast<int>(tree_inputs); }
  /// Bits in common.
  int spared(const Group& x, const Group& y) const { return x.bits + y.bits - joined(x, y).bits; }

  const Program& program_;
  std::vector<int> uses_;
  std::vector<std::vector<Cut>> cuts_;
};

class OrWriter {
 public:
  explicit OrWriter(const Program& program) : program_(program), finder_(program), builder_(empty_copy(program)) {}

  Program run() && {
    made_.assign(program_.values.size(), -1);
    for (std::size_t i = 0; i < made_.size(); ++i) {
      const Value& v = program_.values[i];
      builder_.set_layer(v.layer);
      const std::vector<int> operands = finder_.operands(static_cast<int>(i));
      frac_ = v.frac;
      made_[i] = operands.size() < fewest_operands ? copied(v) : widest(finder_.groups(operands));
    }
    for (const Output& o : program_.outputs) builder_.output(made(o.value), o.format);
    return remove_dead(std::move(builder_).finish());
  }

 private:
  int made(int id) const { return made_[static_cast<std::size_t>(id)]; }

  int copied(const Value& v) {
    std::vector<int> args;
    for (const Operand& o : v.args) args.push_back(made(o.value));
    return builder_.copy(program_, v, args);
  }

  int any(const std::vector<int>& values) {
    std::vector<PatternPart> parts;
    for (const int id : values) parts.push_back({id, format_of(builder_.value(id)).bits});
    return builder_.clamp(side_by_side(builder_, parts, frac_), {0, 1});
  }

  int inverted(int bit) { return builder_.sum({{bit, 0, true}}, 1, frac_); }

  int widest(const std::vector<Group>& groups) {
    std::vector<int> bits;
    for (const Group& g : groups) {
      std::vector<int> operands;
      for (const int id : g.operands) operands.push_back(made(id));
      bits.push_back(any(operands));
    }
    if (bits.size() >= chain_from) bits = chained(bits);
    while (bits.size() > 1) bits = next_level(bits);
    return bits[0];
  }

  /// Equal parts of at most chain_length bits: whether any bit of each is set.
  std::vector<int> chained(const std::vector<int>& bits) {
    const std::size_t chains = (bits.size() + chain_length - 1) / chain_length;
    std::vector<int> results;
    for (std::size_t c = 0; c < chains; ++c) {
      std::vector<PatternPart> parts;
      for (std::size_t i = c * bits.size() / chains; i < (c + 1) * bits.size() / chains; ++i)
        parts.push_back({inverted(bits[i]), 1});
      const int sum = builder_.sum({{side_by_side(builder_, parts, frac_)}}, 1, frac_);
      results.push_back(inverted(builder_.floor(sum, static_cast<int>(parts.size()))));
    }
    return results;
  }

  std::vector<int> next_level(const std::vector<int>& bits) {
    std::vector<int> next;
    for (std::size_t i = 0; i < bits.size(); i += tree_inputs)
      next.push_back(any({bits.begin() + static_cast<std::ptrdiff_t>(i),
                          bits.begin() + static_cast<std::ptrdiff_t>(std::min(i + tree_inputs, bits.size()))}));
    return next;
  }

  const Program& program_;
  OrFinder finder_;
  Builder builder_;
  int frac_ = 0;  // of the value being made
  std::vector<int> made_;
};

}  // namespace

Program widen_ors(const Program& program) { return OrWriter(program).run(); }

}  // namespace lutra
