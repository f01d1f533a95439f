#include "ir/table_plan.h"

#include <bit>
#include <cmath>

namespace lutra {
namespace {

constexpr int largest_analysed = 12;  // index bits; above, every bit is taken to depend on all of them

std::uint64_t low_bits(std::int64_t value, int bits) {
  return static_cast<std::uint64_t>(value) & (bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1);
}

/// Result bits that depend on index bit `k`.
std::uint64_t depending_on(const TruthTable& t, int k) {
  std::uint64_t different = 0;
  const std::size_t step = std::size_t{1} << k;
  for (std::size_t i = 0; i < t.patterns.size(); ++i)
    if ((i & step) == 0) different |= t.patterns[i] ^ t.patterns[i | step];
  return different;
}

TablePlan::Bit bit_of(const TruthTable& t, int bit, std::uint64_t support) {
  using Kind = TablePlan::Kind;
  const bool first = (t.patterns[0] >> bit & 1) != 0;  // also tells a wire from its inverse
  const int inputs = std::popcount(support);
  return {inputs == 0 ? Kind::constant : inputs == 1 ? Kind::wire : Kind::function, first, support};
}

}  // namespace

TruthTable truth_table(const Program& program, const Value& v) {
  const Value& index = program.value(v.args[0].value);
  const auto& entries = program.tables[static_cast<std::size_t>(v.a)];
  TruthTable t{format_of(index).bits, format_of(v).bits, {}};
  t.patterns.assign(std::size_t{1} << t.index_bits, 0);
  for (std::int64_t i = index.range.lo; i <= index.range.hi; ++i)
    t.patterns[low_bits(i, t.index_bits)] = low_bits(entries[static_cast<std::size_t>(i - v.b)], t.bits);
  return t;
}

TablePlan plan_table(const TruthTable& t) {
  TablePlan plan;
  std::vector<std::uint64_t> supports(static_cast<std::size_t>(t.bits), 0);
  for (int k = 0; k < t.index_bits; ++k) {
    const std::uint64_t bits = t.index_bits > largest_analysed ? ~std::uint64_t{0} : depending_on(t, k);
    for (int b = 0; b < t.bits; ++b)
      if ((bits >> b & 1) != 0) supports[static_cast<std::size_t>(b)] |= std::uint64_t{1} << k;
  }
  std::vector<bool> taken(supports.size(), false);
  for (int b = 0; b < t.bits; ++b) {
    const std::uint64_t support = supports[static_cast<std::size_t>(b)];
    plan.bits.push_back(bit_of(t, b, support));
    taken[static_cast<std::size_t>(b)] = plan.bits.back().kind != TablePlan::Kind::function;
  }
  for (const bool same : {true, false})
    for (std::size_t x = 0; x < taken.size(); ++x)
      for (std::size_t y = x + 1; y < taken.size() && !taken[x]; ++y) {
        if (taken[y] || (same && supports[x] != supports[y]) || std::popcount(supports[x] | supports[y]) > 5) continue;
        plan.pairs.emplace_back(static_cast<int>(x), static_cast<int>(y));
        taken[x] = taken[y] = true;
      }
  for (std::size_t x = 0; x < taken.size(); ++x)
    if (!taken[x]) plan.singles.push_back(static_cast<int>(x));
  return plan;
}

double table_luts(const TablePlan& plan, bool paired) {
  double luts = static_cast<double>(plan.pairs.size()) * (paired ? 1 : 2);
  for (const int b : plan.singles)
    luts += std::exp2(std::max(std::popcount(plan.bits[static_cast<std::size_t>(b)].support) - 6, 0));
  return luts;
}

}  // namespace lutra
