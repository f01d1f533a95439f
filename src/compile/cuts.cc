#include "compile/cuts.h"

#include <algorithm>
#include <tuple>

namespace lutra {
namespace {

std::size_t span_of(const Value& v) { return static_cast<std::size_t>(v.range.hi - v.range.lo) + 1; }

/// Counts through the integers of some leaves together.
class LeafIntegers {
 public:
  LeafIntegers(const Program& program, const std::vector<int>& leaves) {
    for (const int leaf : leaves) spans_.push_back(span_of(program.value(leaf)));
    digits_.assign(leaves.size(), 0);
  }

  const std::vector<std::size_t>& digits() const { return digits_; }

  bool next() {
    for (std::size_t i = 0; i < digits_.size(); ++i) {
      if (++digits_[i] < spans_[i]) return true;
      digits_[i] = 0;
    }
    return false;
  }

 private:
  std::vector<std::size_t> spans_, digits_;
};

/// Where the results of an argument's cut are, given integers of the leaves of a larger one.
class ArgumentIndex {
 public:
  ArgumentIndex(const Program& program, const Cut& argument, const std::vector<int>& leaves) {
    std::size_t stride = 1;
    for (const int leaf : argument.leaves) {
      const auto place = std::lower_bound(leaves.begin(), leaves.end(), leaf) - leaves.begin();
      parts_.emplace_back(static_cast<std::size_t>(place), stride);
      stride *= span_of(program.value(leaf));
    }
  }

  std::size_t at(const std::vector<std::size_t>& digits) const {
    std::size_t index = 0;
    for (const auto& [place, stride] : parts_) index += digits[place] * stride;
    return index;
  }

 private:
  std::vector<std::pair<std::size_t, std::size_t>> parts_;
};

/// The only cut of a constant; of other values, the value as its own leaf.
Cut itself(const Program& program, int id) {
  const Value& v = program.value(id);
  if (v.op == Opcode::constant) return {{}, 0, {v.a}, 1};
  Cut cut{{id}, format_of(v).bits, {}, 0};
  for (std::int64_t x = v.range.lo; x <= v.range.hi; ++x) {
    cut.possible |= std::uint64_t{1} << cut.results.size();
    cut.results.push_back(x);
  }
  return cut;
}

/// Leaves of a cut to be, and a cut of each argument.
struct Candidate {
  std::vector<int> leaves;
  std::vector<const Cut*> of_args;
  int bits = 0;
};

/// `begun` with a cut of one more argument.
Candidate joined(const Program& program, const Candidate& begun, const Cut& cut) {
  Candidate more{{}, begun.of_args, 0};
  std::set_union(begun.leaves.begin(), begun.leaves.end(), cut.leaves.begin(), cut.leaves.end(),
                 std::back_inserter(more.leaves));
  for (const int leaf : more.leaves) more.bits += format_of(program.value(leaf)).bits;
  more.of_args.push_back(&cut);
  return more;
}

Cut evaluated(const Program& program, const Value& v, const Candidate& c) {
  Cut cut{c.leaves, c.bits, {}, 0};
  std::vector<ArgumentIndex> places;
  for (const Cut* arg : c.of_args) places.emplace_back(program, *arg, c.leaves);
  LeafIntegers leaves(program, c.leaves);
  std::vector<std::int64_t> args(places.size());
  do {
    bool possible = true;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::size_t place = places[i].at(leaves.digits());
      possible = possible && (c.of_args[i]->possible >> place & 1) != 0;
      args[i] = c.of_args[i]->results[place];
    }
    const std::int64_t result = possible ? apply(program, v, args) : 0;
    if (possible && v.range.contains(result)) cut.possible |= std::uint64_t{1} << cut.results.size();
    cut.results.push_back(result);
  } while (leaves.next());
  return cut;
}

bool computes(Opcode op) {
  return op != Opcode::input && op != Opcode::constant && op != Opcode::previous && op != Opcode::start;
}

class CutFinder {
 public:
  CutFinder(const Program& program, const CutOptions& options) : program_(program), options_(options) {}

  std::vector<std::vector<Cut>> run() && {
    for (std::size_t id = 0; id < program_.values.size(); ++id) {
      const Opcode op = program_.values[id].op;
      cuts_.emplace_back();
      if (format_of(program_.values[id]).bits <= options_.max_bits || op == Opcode::constant)
        cuts_.back().push_back(itself(program_, static_cast<int>(id)));
      if (computes(op)) add_merged(program_.values[id]);
    }
    return std::move(cuts_);
  }

 private:
  void add_merged(const Value& v) {
    std::vector<Candidate> found;
    combine(v, {}, found);
    std::sort(found.begin(), found.end(), [](const Candidate& x, const Candidate& y) {
      return std::tuple(x.bits, x.leaves.size(), x.leaves) < std::tuple(y.bits, y.leaves.size(), y.leaves);
    });
    std::vector<Cut>& cuts = cuts_.back();
    for (const Candidate& c : found) {
      if (cuts.size() >= options_.max_cuts) return;
      const auto contained = [&](const Cut& cut) {
        return std::includes(c.leaves.begin(), c.leaves.end(), cut.leaves.begin(), cut.leaves.end());
      };
      if (std::none_of(cuts.begin(), cuts.end(), contained)) cuts.push_back(evaluated(program_, v, c));
    }
  }

  /// One cut of each further argument, in every combination.
  void combine(const Value& v, const Candidate& begun, std::vector<Candidate>& found) const {
    if (begun.of_args.size() == v.args.size()) {
      found.push_back(begun);
      return;
    }
    for (const Cut& cut : cuts_[static_cast<std::size_t>(v.args[begun.of_args.size()].value)]) {
      const Candidate more = joined(program_, begun, cut);
      if (more.bits <= options_.max_bits) combine(v, more, found);
    }
  }

  const Program& program_;
  CutOptions options_;
  std::vector<std::vector<Cut>> cuts_;
};

std::uint64_t pattern(std::int64_t value, int bits) {
  return static_cast<std::uint64_t>(value) & (bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1);
}

/// Of the leaf integers that an index pattern stands for, each moved into its leaf's range.
std::size_t nearest_result(const Program& program, const Cut& cut, std::uint64_t index) {
  std::size_t place = 0, stride = 1;
  for (const int leaf : cut.leaves) {
    const Value& v = program.value(leaf);
    const Format format = format_of(v);
    std::int64_t x = static_cast<std::int64_t>(pattern(static_cast<std::int64_t>(index), format.bits));
    if (format.is_signed && x > format.max()) x -= std::int64_t{1} << format.bits;
    place += static_cast<std::size_t>(std::clamp(x, v.range.lo, v.range.hi) - v.range.lo) * stride;
    stride *= span_of(v);
    index >>= format.bits;
  }
  return place;
}

}  // namespace

std::vector<std::vector<Cut>> find_cuts(const Program& program, const CutOptions& options) {
  return CutFinder(program, options).run();
}

std::optional<Cut> argument_cut(const Program& program, const Value& value, int max_bits) {
  if (!computes(value.op)) return {};
  std::vector<Cut> args;
  args.reserve(value.args.size());
  Candidate all;
  for (const Operand& o : value.args) {
    const Value& arg = program.value(o.value);
    if (arg.op != Opcode::constant && format_of(arg).bits > max_bits) return {};
    args.push_back(itself(program, o.value));
    all = joined(program, all, args.back());
  }
  if (all.bits > max_bits) return {};
  return evaluated(program, value, all);
}

TruthTable truth_table(const Program& program, const Value& value, const Cut& cut) {
  TruthTable t{cut.bits, format_of(value).bits, {}};
  for (std::uint64_t index = 0; index < std::uint64_t{1} << cut.bits; ++index) {
    const std::size_t place = nearest_result(program, cut, index);
    const bool possible = (cut.possible >> place & 1) != 0;
    t.patterns.push_back(pattern(possible ? cut.results[place] : value.range.lo, t.bits));
  }
  return t;
}

}  // namespace lutra
