#include "rtl/value_logic.h"

#include <algorithm>
#include <bit>

#include "base/contract.h"
#include "rtl/sum_logic.h"
#include "rtl/table_logic.h"

namespace lutra {
namespace {

using verilog::Expr;

/// Of two limits next to each other the one that fewer bits are compared with: low ones that are all set need not be.
std::uint64_t cheaper_limit(std::uint64_t x, std::uint64_t y) {
  return std::countr_one(y) > std::countr_one(x) ? y : x;
}

/// Bits `bit`..0 of x > those of the limit, as logic: a carry chain would cost more.
Expr above(const Expr& x, std::uint64_t limit, int bit) {
  const std::uint64_t ones = (std::uint64_t{2} << bit) - 1;
  if ((limit & ones) == ones) return verilog::literal(0, 1);  // nothing is
  if ((limit & ones) == 0) return verilog::any(verilog::slice(x, bit, 0));
  const Expr here = verilog::slice(x, bit, bit);
  const Expr rest = above(x, limit, bit - 1);
  if ((limit >> bit & 1) != 0) return verilog::both(here, rest);
  return rest.constant ? here : verilog::either(here, rest);
}

class LogicWriter {
 public:
  LogicWriter(const Program& program, int id, bool three_inputs, const std::function<Expr(int)>& use)
      : program_(program),
        value_(program.value(id)),
        name_(value_name(program, id)),
        three_inputs_(three_inputs),
        use_(use),
        bits_(format_of(value_).bits) {}

  ValueLogic run() && {
    switch (value_.op) {
      case Opcode::input:
      case Opcode::previous:
      case Opcode::start:
        break;  // a port, a register
      case Opcode::constant:
        wire(verilog::literal(pattern(value_.a, bits_), bits_));
        break;
      case Opcode::sum:
        logic_ = sum_logic(plan_sum(program_, value_), name_, three_inputs_, use_);
        break;
      case Opcode::floor:
        wire(shifted(static_cast<int>(value_.a)));
        break;
      case Opcode::even:
        even(static_cast<int>(value_.a));
        break;
      case Opcode::clamp:
        clamp();
        break;
      case Opcode::wrap:
        wire(resized(0, bits_));
        break;
      case Opcode::max:
        wire(verilog::choose(compare(), resized(1, bits_), resized(0, bits_)));
        break;
      case Opcode::less:
        wire(compare());
        break;
      case Opcode::select:
        wire(verilog::choose(verilog::any(arg(0)), resized(1, bits_), resized(2, bits_)));
        break;
      case Opcode::table:
        table();
        break;
    }
    return std::move(logic_);
  }

 private:
  void wire(const Expr& value) { logic_.wires.push_back({name_, value, ""}); }
  Expr arg(std::size_t i) const { return use_(value_.args[i].value); }
  Format format(std::size_t i) const { return format_of(program_.value(value_.args[i].value)); }
  Expr resized(std::size_t i, int width) const { return resize(arg(i), format(i), width); }

  /// arg 0 without its lowest bits.
  Expr shifted(int drop) const {
    const Format from = format(0);
    if (drop >= from.bits)
      return from.is_signed ? verilog::repeat(verilog::slice(arg(0), from.bits - 1, from.bits - 1), bits_)
                            : verilog::literal(0, bits_);
    const Expr rest = verilog::slice(arg(0), from.bits - 1, drop);
    return resize(rest, {rest.width, 0, from.is_signed}, bits_);
  }

  void even(int drop) {
    const Expr wide = resized(0, std::max(format(0).bits, drop + bits_));
    const Expr source = named(wide, "_in");
    const Expr last =
        verilog::both(verilog::slice(source, drop, drop), verilog::any(verilog::slice(source, drop - 1, 0)));
    if (bits_ == 1) return wire(last);
    wire(verilog::concat({verilog::slice(source, drop + bits_ - 1, drop + 1), last}));
  }

  /// A name for an expression that is going to be sliced.
  Expr named(const Expr& x, const char* suffix) {
    if (!x.base.empty() || x.constant) return x;
    logic_.wires.push_back({name_ + suffix, x, ""});
    return verilog::name(name_ + suffix, x.width);
  }

  void clamp() {
    const Interval range = program_.value(value_.args[0].value).range;
    const Format from = format(0);
    Expr x = arg(0);
    if (from.is_signed)  // offset binary: compare without signs
      x = named(from.bits == 1 ? verilog::invert(x)
                               : verilog::concat({verilog::invert(verilog::slice(x, from.bits - 1, from.bits - 1)),
                                                  verilog::slice(x, from.bits - 2, 0)}),
                "_offset");
    const std::int64_t offset = from.is_signed ? from.min() : 0;
    Expr result = resized(0, bits_);
    if (range.hi > value_.b) {  // at the limit itself both choices are the same
      const auto limit = static_cast<std::uint64_t>(value_.b - offset);
      const std::uint64_t high = limit == 0 ? 0 : cheaper_limit(limit, limit - 1);
      result =
          verilog::choose(above(x, high, from.bits - 1), verilog::literal(pattern(value_.b, bits_), bits_), result);
    }
    if (range.lo < value_.a) {  // x < a is not (x > a - 1)
      const auto limit = static_cast<std::uint64_t>(value_.a - 1 - offset);
      const std::uint64_t low = cheaper_limit(limit, limit + 1);
      result = verilog::choose(verilog::invert(above(x, low, from.bits - 1)),
                               verilog::literal(pattern(value_.a, bits_), bits_), result);
    }
    wire(result);
  }

  /// arg 0 < arg 1, in offset binary of a common width.
  Expr compare() const {
    const Format x = format(0), y = format(1);
    const bool has_sign = x.is_signed || y.is_signed;
    const auto width_of = [&](Format f) { return f.bits + (has_sign && !f.is_signed ? 1 : 0); };
    const int width = std::max(width_of(x), width_of(y));
    const auto side = [&](std::size_t i) {
      if (!has_sign) return resized(i, width);
      const Expr top = verilog::invert(sign_of(i));
      return width == 1 ? top : verilog::concat({top, resized(i, width - 1)});
    };
    return verilog::less(side(0), side(1));
  }

  Expr sign_of(std::size_t i) const {
    const Format f = format(i);
    return f.is_signed ? verilog::slice(arg(i), f.bits - 1, f.bits - 1) : verilog::literal(0, 1);
  }

  void table() {
    const Expr index = named(arg(0), "_index");
    ValueLogic logic = table_logic(truth_table(program_, value_), name_, index, three_inputs_);
    logic.wires.insert(logic.wires.begin(), logic_.wires.begin(), logic_.wires.end());
    logic_ = std::move(logic);
  }

  const Program& program_;
  const Value& value_;
  std::string name_;
  bool three_inputs_;
  const std::function<Expr(int)>& use_;
  int bits_;
  ValueLogic logic_;
};

}  // namespace

std::string value_name(const Program& program, int id) {
  return std::string(info(program.value(id).op).name) + "_" + std::to_string(id);
}

ValueLogic value_logic(const Program& program, int id, bool three_inputs, const std::function<Expr(int)>& use) {
  return LogicWriter(program, id, three_inputs, use).run();
}

Expr resize(const Expr& x, Format from, int width) {
  expects(x.width == from.bits, "an expression has its format's width");
  if (width <= from.bits) return verilog::slice(x, width - 1, 0);
  const int more = width - from.bits;
  if (!from.is_signed) return verilog::concat({verilog::literal(0, more), x});
  return verilog::concat({verilog::repeat(verilog::slice(x, from.bits - 1, from.bits - 1), more), x});
}

std::uint64_t pattern(std::int64_t value, int width) {
  const auto bits = static_cast<std::uint64_t>(value);
  return width >= 64 ? bits : bits & ((std::uint64_t{1} << width) - 1);
}

}  // namespace lutra
