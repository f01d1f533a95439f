#include "compile/pair_tables.h"

#include <algorithm>
#include <map>

#include "compile/cleanup.h"
#include "compile/cuts.h"
#include "compile/side_by_side.h"
#include "ir/sum_plan.h"

namespace lutra {
namespace {

constexpr int shared_inputs = 5;     // of the two functions of a LUT6_2
constexpr std::size_t window = 256;  // candidates looked at for each table

/// A table that leaves half a LUT6_2 unused.
struct Half {
  int id = 0;
  const Cut* cut = nullptr;
  int level = 0;
};

bool is_wire(const Program& program, const Value& v) {
  if (v.op == Opcode::floor || v.op == Opcode::wrap) return true;
  if (v.op == Opcode::table) return table_luts(plan_table(truth_table(program, v)), false) == 0;
  return v.op == Opcode::sum && plan_sum(program, v).rows.size() < 2;
}

class Pairer {
 public:
  explicit Pairer(const Program& program)
      : program_(program), cuts_(find_cuts(program, {shared_inputs})), builder_(empty_copy(program)) {
    partner_.assign(program.values.size(), -1);
    made_.assign(program.values.size(), -1);
  }

  Program run() && {
    match(find_halves());
    for (std::size_t i = 0; i < made_.size(); ++i) make(static_cast<int>(i));
    for (const Output& o : program_.outputs) builder_.output(make(o.value), o.format);
    return remove_dead(std::move(builder_).finish());
  }

 private:
  std::vector<Half> find_halves() const {
    std::vector<Half> halves;
    std::vector<int> level(program_.values.size(), 0);
    for (std::size_t i = 0; i < level.size(); ++i) {
      const Value& v = program_.values[i];
      for (const Operand& o : v.args) level[i] = std::max(level[i], level[static_cast<std::size_t>(o.value)]);
      if (v.op == Opcode::previous || v.args.empty() || is_wire(program_, v)) continue;
      ++level[i];
      if (v.op != Opcode::table || v.range.lo < 0) continue;
      if (const Cut* cut = half_cut(i)) halves.push_back({static_cast<int>(i), cut, level[i]});
    }
    return halves;
  }

  /// The deepest cut through wires alone, if the table it makes has an odd number of functions.
  const Cut* half_cut(std::size_t id) const {
    const std::vector<int> leaves = wire_leaves(program_.values[id].args[0].value);
    for (const Cut& cut : cuts_[id]) {
      if (cut.leaves != leaves) continue;
      const TablePlan plan = plan_table(truth_table(program_, program_.values[id], cut));
      return plan.singles.size() == 1 ? &cut : nullptr;
    }
    return nullptr;
  }

  std::vector<int> wire_leaves(int id) const {
    const Value& v = program_.value(id);
    if (v.op == Opcode::constant) return {};
    if (v.op != Opcode::sum || !is_wire(program_, v)) return {id};
    std::vector<int> leaves;
    for (const Operand& o : v.args) {
      const std::vector<int> more = wire_leaves(o.value);
      leaves.insert(leaves.end(), more.begin(), more.end());
    }
    std::sort(leaves.begin(), leaves.end());
    leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
    return leaves;
  }

  int bits_of(const std::vector<int>& leaves) const {
    int bits = 0;
    for (const int leaf : leaves) bits += format_of(program_.value(leaf)).bits;
    return bits;
  }

  static std::vector<int> together(const Cut& x, const Cut& y) {
    std::vector<int> all;
    std::set_union(x.leaves.begin(), x.leaves.end(), y.leaves.begin(), y.leaves.end(), std::back_inserter(all));
    return all;
  }

  bool fits(const Half& x, const Half& y) const {
    const Value &v = program_.value(x.id), &w = program_.value(y.id);
    return x.level == y.level && v.layer == w.layer && format_of(v).bits + format_of(w).bits <= 8 &&
           bits_of(together(*x.cut, *y.cut)) <= shared_inputs;
  }

  void match(const std::vector<Half>& halves) {
    for (std::size_t i = 0; i < halves.size(); ++i) {
      if (partner(halves[i].id) >= 0) continue;
      int best = -1, most = -1;
      for (std::size_t k = i + 1; k < std::min(halves.size(), i + window); ++k) {
        if (partner(halves[k].id) >= 0 || !fits(halves[i], halves[k])) continue;
        const int shared =
            halves[i].cut->bits + halves[k].cut->bits - bits_of(together(*halves[i].cut, *halves[k].cut));
        if (shared > most) best = static_cast<int>(k), most = shared;
      }
      if (best < 0) continue;
      const Half& other = halves[static_cast<std::size_t>(best)];
      partner(halves[i].id) = other.id;
      partner(other.id) = halves[i].id;
      cut_of_[halves[i].id] = halves[i].cut;
      cut_of_[other.id] = other.cut;
    }
  }

  int& partner(int id) { return partner_[static_cast<std::size_t>(id)]; }

  int make(int id) {
    int& made = made_[static_cast<std::size_t>(id)];
    if (made >= 0) return made;
    if (partner(id) >= 0) {
      make_pair(std::min(id, partner(id)), std::max(id, partner(id)));
      return made;
    }
    const Value& v = program_.value(id);
    std::vector<int> args;
    for (const Operand& o : v.args) args.push_back(make(o.value));
    builder_.set_layer(v.layer);
    return made = builder_.copy(program_, v, args);
  }

  void make_pair(int x, int y) {
    const Value &v = program_.value(x), &w = program_.value(y);
    const Cut &cut_x = *cut_of_.at(x), &cut_y = *cut_of_.at(y);
    const std::vector<int> leaves = together(cut_x, cut_y);
    std::vector<PatternPart> parts;
    for (const int leaf : leaves) parts.push_back({make(leaf), format_of(program_.value(leaf)).bits});
    const TruthTable of_x = truth_table(program_, v, cut_x), of_y = truth_table(program_, w, cut_y);
    TruthTable both{bits_of(leaves), of_x.bits + of_y.bits, {}};
    for (std::uint64_t index = 0; index < std::uint64_t{1} << both.index_bits; ++index)
      both.patterns.push_back(of_x.patterns[own_index(index, leaves, cut_x)] |
                              of_y.patterns[own_index(index, leaves, cut_y)] << of_x.bits);
    builder_.set_layer(v.layer);
    const int table = table_of(builder_, parts, both, {both.bits, 0, false});
    made_[static_cast<std::size_t>(x)] = builder_.narrowed(builder_.wrap(table, {of_x.bits, 0, false}), v.range);
    made_[static_cast<std::size_t>(y)] = builder_.narrowed(builder_.floor(table, of_x.bits), w.range);
  }

  /// Of the joint index, the bits that belong to the cut's leaves.
  std::size_t own_index(std::uint64_t index, const std::vector<int>& leaves, const Cut& cut) const {
    std::size_t own = 0;
    int filled = 0;
    for (const int leaf : leaves) {
      const int bits = format_of(program_.value(leaf)).bits;
      if (std::binary_search(cut.leaves.begin(), cut.leaves.end(), leaf)) {
        own |= static_cast<std::size_t>(index & ((std::uint64_t{1} << bits) - 1)) << filled;
        filled += bits;
      }
      index >>= bits;
    }
    return own;
  }

  const Program& program_;
  std::vector<std::vector<Cut>> cuts_;
  Builder builder_;
  std::vector<int> partner_;  // [values], -1 for none
  std::map<int, const Cut*> cut_of_;
  std::vector<int> made_;
};

}  // namespace

Program pair_tables(const Program& program) { return Pairer(program).run(); }

}  // namespace lutra
