#include "ir/builder.h"

#include <algorithm>

#include "base/contract.h"

namespace lutra {

int Builder::push(Value v, std::optional<Interval> exact) {
  const Key key{v.op, v.args, v.a, v.b};
  const auto [place, is_new] = made_.try_emplace(key, static_cast<int>(program_.values.size()));
  if (!is_new) return place->second;
  v.layer = layer_;
  v.range = natural_range(program_, v);
  if (exact) v.range = {std::max(v.range.lo, exact->lo), std::min(v.range.hi, exact->hi)};
  expects(v.range.lo <= v.range.hi, "a value has a range");
  if (v.range.lo == v.range.hi && v.op != Opcode::constant && v.op != Opcode::input) {
    const int id = constant(v.range.lo, v.frac);
    made_[key] = id;
    return id;
  }
  place->second = static_cast<int>(program_.values.size());
  program_.values.push_back(std::move(v));
  return place->second;
}

int Builder::unary(Opcode op, int value, std::int64_t a, std::int64_t b, int frac) {
  return push({.op = op, .args = {{value}}, .a = a, .b = b, .range = {}, .frac = frac});
}

int Builder::input(int index, std::optional<Interval> range) {
  return push({.op = Opcode::input, .args = {}, .a = index, .range = {}, .frac = program_.input_format.frac}, range);
}

int Builder::constant(std::int64_t value, int frac) {
  return push({.op = Opcode::constant, .args = {}, .a = value, .range = {}, .frac = frac});
}

int Builder::sum(std::vector<Operand> operands, std::int64_t addend, int frac, std::optional<Interval> exact) {
  std::vector<Operand> args;
  for (const Operand& o : operands) {
    const Value& v = value(o.value);
    if (v.range.lo != v.range.hi)
      args.push_back(o);
    else
      addend += shift_left({v.range.lo, v.range.lo}, o.shift).lo * (o.negative ? -1 : 1);
  }
  if (args.empty()) return constant(addend, frac);
  if (args.size() == 1 && addend == 0 && args[0].shift == 0 && !args[0].negative) return args[0].value;
  std::sort(args.begin(), args.end());
  return push({.op = Opcode::sum, .args = std::move(args), .a = addend, .range = {}, .frac = frac}, exact);
}

int Builder::floor(int v, int bits) {
  if (bits == 0) return v;
  return unary(Opcode::floor, v, bits, 0, value(v).frac - bits);
}

int Builder::even(int v, int bits) { return unary(Opcode::even, v, bits, 0, value(v).frac - bits); }

int Builder::clamp(int v, Interval limits) {
  const Interval range = value(v).range;
  if (limits.lo <= range.lo && range.hi <= limits.hi) return v;
  return unary(Opcode::clamp, v, limits.lo, limits.hi, value(v).frac);
}

int Builder::wrap(int v, Format format) {
  const Interval whole = interval_of(format);
  if (whole.contains(value(v).range.lo) && whole.contains(value(v).range.hi)) return v;
  return unary(Opcode::wrap, v, format.bits, format.is_signed ? 1 : 0, value(v).frac);
}

int Builder::max(int x, int y) {
  if (x == y || value(x).range.lo >= value(y).range.hi) return x;
  if (value(y).range.lo >= value(x).range.hi) return y;
  return push({.op = Opcode::max, .args = {{std::min(x, y)}, {std::max(x, y)}}, .range = {}, .frac = value(x).frac});
}

int Builder::less(int x, int y) { return push({.op = Opcode::less, .args = {{x}, {y}}, .range = {}}); }

int Builder::select(int condition, int x, int y) {
  if (x == y || !value(condition).range.contains(0)) return x;
  if (value(condition).range == Interval{0, 0}) return y;
  return push({.op = Opcode::select, .args = {{condition}, {x}, {y}}, .range = {}, .frac = value(x).frac});
}

int Builder::previous(int v, int clocks) {
  for (int i = 0; i < clocks; ++i) v = unary(Opcode::previous, v, 0, 0, value(v).frac);
  return v;
}

int Builder::start() { return push({.op = Opcode::start, .args = {}, .range = {}}); }

int Builder::table(int v, std::vector<std::int64_t> entries, std::int64_t first, int frac) {
  const auto [place, is_new] = tables_.try_emplace(entries, static_cast<int>(program_.tables.size()));
  if (is_new) program_.tables.push_back(std::move(entries));
  return unary(Opcode::table, v, place->second, first, frac);
}

int Builder::copy_op(const Program& from, const Value& v, const std::vector<int>& args) {
  switch (v.op) {
    case Opcode::input:
      return input(static_cast<int>(v.a), v.range);
    case Opcode::constant:
      return constant(v.a, v.frac);
    case Opcode::sum: {
      std::vector<Operand> operands = v.args;
      for (std::size_t i = 0; i < operands.size(); ++i) operands[i].value = args[i];
      return sum(std::move(operands), v.a, v.frac, v.range);
    }
    case Opcode::floor:
      return floor(args[0], static_cast<int>(v.a));
    case Opcode::even:
      return even(args[0], static_cast<int>(v.a));
    case Opcode::clamp:
      return clamp(args[0], {v.a, v.b});
    case Opcode::wrap:
      return wrap(args[0], {static_cast<int>(v.a), v.frac, v.b != 0});
    case Opcode::max:
      return max(args[0], args[1]);
    case Opcode::less:
      return less(args[0], args[1]);
    case Opcode::select:
      return select(args[0], args[1], args[2]);
    case Opcode::table:
      return table(args[0], from.tables[static_cast<std::size_t>(v.a)], v.b, v.frac);
    case Opcode::previous:
      return previous(args[0]);
    case Opcode::start:
      return start();
  }
  contract_broken("known op", std::source_location::current());
}

int Builder::narrowed(int id, Interval range) {
  Value& made = program_.values[static_cast<std::size_t>(id)];
  made.range = {std::max(made.range.lo, range.lo), std::min(made.range.hi, range.hi)};
  expects(made.range.lo <= made.range.hi, "a value has a range");
  return id;
}

int Builder::copy(const Program& from, const Value& v, const std::vector<int>& args) {
  return narrowed(copy_op(from, v, args), v.range);
}

}  // namespace lutra
