#include "ir/program.h"

#include <algorithm>

#include "base/contract.h"

namespace lutra {
namespace {

std::int64_t round_even(std::int64_t v, std::int64_t bits) {
  const std::int64_t floor = v >> bits;
  const bool tie = (v & ((std::int64_t{1} << bits) - 1)) == 0;
  return tie ? floor & ~std::int64_t{1} : floor;
}

std::int64_t sum_of(const Value& v, const std::vector<std::int64_t>& args) {
  std::int64_t sum = v.a;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::int64_t shifted = args[i] * (std::int64_t{1} << v.args[i].shift);
    sum += v.args[i].negative ? -shifted : shifted;
  }
  return sum;
}

Format wrap_format(const Value& v) { return {static_cast<int>(v.a), 0, v.b != 0}; }

Interval sum_range(const Value& v, const std::vector<Interval>& args) {
  Interval range{v.a, v.a};
  for (std::size_t i = 0; i < args.size(); ++i) {
    const Interval shifted = shift_left(args[i], v.args[i].shift);
    range = v.args[i].negative ? range - shifted : range + shifted;
  }
  return range;
}

Interval table_range(const Program& program, const Value& v, Interval index) {
  const auto& entries = program.tables[static_cast<std::size_t>(v.a)];
  const auto first = entries.begin() + (index.lo - v.b);
  const auto [lo, hi] = std::minmax_element(first, first + (index.hi - index.lo + 1));
  return {*lo, *hi};
}

/// Image of an interval under a monotonic op of one argument.
Interval monotonic(const Program& program, const Value& v, Interval x) {
  return {apply(program, v, {x.lo}), apply(program, v, {x.hi})};
}

Interval less_range(Interval x, Interval y) { return {x.hi < y.lo ? 1 : 0, x.lo < y.hi ? 1 : 0}; }

Interval select_range(const std::vector<Interval>& args) {
  if (!args[0].contains(0)) return args[1];
  return args[0] == Interval{0, 0} ? args[2] : hull(args[1], args[2]);
}

}  // namespace

Program empty_copy(const Program& program) {
  Program empty = program;
  empty.values.clear();
  empty.tables.clear();
  empty.outputs.clear();
  return empty;
}

Format format_of(const Value& value) { return smallest_format(value.range, value.frac); }

std::int64_t apply(const Program& program, const Value& v, const std::vector<std::int64_t>& args) {
  switch (v.op) {
    case Opcode::input:
    case Opcode::constant:
      return v.a;
    case Opcode::sum:
      return sum_of(v, args);
    case Opcode::floor:
      return args[0] >> v.a;
    case Opcode::even:
      return round_even(args[0], v.a);
    case Opcode::clamp:
      return std::clamp(args[0], v.a, v.b);
    case Opcode::wrap:
      return limit(args[0], wrap_format(v), Overflow::wrap);
    case Opcode::max:
      return std::max(args[0], args[1]);
    case Opcode::less:
      return args[0] < args[1] ? 1 : 0;
    case Opcode::select:
      return args[0] != 0 ? args[1] : args[2];
    case Opcode::table:
      return program.tables[static_cast<std::size_t>(v.a)][static_cast<std::size_t>(args[0] - v.b)];
    case Opcode::previous:
    case Opcode::start:
      break;
  }
  contract_broken("known op", std::source_location::current());
}

Interval natural_range(const Program& program, const Value& v) {
  std::vector<Interval> args;
  for (const Operand& o : v.args) args.push_back(program.value(o.value).range);
  switch (v.op) {
    case Opcode::input:
      return interval_of(program.input_format);
    case Opcode::constant:
      return {v.a, v.a};
    case Opcode::sum:
      return sum_range(v, args);
    case Opcode::floor:
    case Opcode::clamp:
      return monotonic(program, v, args[0]);
    case Opcode::even:
      return monotonic(program, v, args[0]);
    case Opcode::wrap: {
      const Interval whole = interval_of(wrap_format(v));
      return whole.contains(args[0].lo) && whole.contains(args[0].hi) ? args[0] : whole;
    }
    case Opcode::max:
      return {std::max(args[0].lo, args[1].lo), std::max(args[0].hi, args[1].hi)};
    case Opcode::less:
      return less_range(args[0], args[1]);
    case Opcode::select:
      return select_range(args);
    case Opcode::table:
      return table_range(program, v, args[0]);
    case Opcode::previous:
      return args[0];
    case Opcode::start:
      return {0, 1};
  }
  contract_broken("known op", std::source_location::current());
}

PastValue past_value(const Program& program, int id) {
  PastValue past{id, 0};
  for (; program.value(past.value).op == Opcode::previous; ++past.clocks)
    past.value = program.value(past.value).args[0].value;
  return past;
}

std::vector<std::int64_t> values_at_rest(const Program& program) {
  std::vector<std::int64_t> results, args;
  results.reserve(program.values.size());
  for (const Value& v : program.values) {
    args.clear();
    for (const Operand& o : v.args) args.push_back(results[static_cast<std::size_t>(o.value)]);
    if (v.op == Opcode::input || v.op == Opcode::start)
      results.push_back(std::clamp<std::int64_t>(0, v.range.lo, v.range.hi));
    else
      results.push_back(v.op == Opcode::previous ? args[0] : apply(program, v, args));
  }
  return results;
}

std::vector<int> count_uses(const Program& program) {
  std::vector<int> uses(program.values.size(), 0);
  for (const Value& v : program.values)
    for (const Operand& o : v.args) ++uses[static_cast<std::size_t>(o.value)];
  for (const Output& o : program.outputs) ++uses[static_cast<std::size_t>(o.value)];
  return uses;
}

}  // namespace lutra
