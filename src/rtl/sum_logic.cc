#include "rtl/sum_logic.h"

#include <algorithm>
#include <bit>

namespace lutra {
namespace {

using verilog::Expr;

class SumWriter {
 public:
  SumWriter(const SumPlan& plan, std::string name, const std::function<Expr(int)>& use)
      : plan_(plan), name_(std::move(name)), use_(use) {}

  ValueLogic run(bool three_inputs) && {
    if (three_inputs && plan_.rows.size() == 3)
      add3();
    else
      add_rows();
    return std::move(logic_);
  }

 private:
  void add_rows() {
    if (plan_.rows.empty()) emit(name_, verilog::literal(0, plan_.bits));
    if (plan_.rows.size() == 1) emit(name_, bits(plan_.rows[0], plan_.bits - 1, 0));
    if (plan_.rows.size() <= 1) return;
    AdderRow sum = plan_.rows[0];
    for (std::size_t i = 1; i < plan_.rows.size(); ++i) {
      const bool last = i + 1 == plan_.rows.size();
      sum = join(sum, plan_.rows[i], last ? name_ : name_ + "_" + std::to_string(i), last);
    }
  }

  void add3() {
    const std::uint64_t tables = adder3_bits(plan_.rows, plan_.bits);
    const int low = first_overlap(plan_), width = plan_.bits - low;
    const std::string high = name_ + "_high";
    logic_.nets.push_back({high, width});
    std::string parameters =
        " #(.W(" + std::to_string(width) + "), .TABLES(" + verilog::literal(tables >> low, width).text + ")";
    verilog::Instance adder{"lutra_add3", "", "u_" + name_, {}};
    for (std::size_t i = 0; i < 3; ++i) {
      const auto letter = static_cast<char>('a' + i);
      adder.connections.emplace_back(std::string(1, letter), bits(plan_.rows[i], plan_.bits - 1, low, false).text);
      const std::uint64_t inverted = inverted_bits(plan_.rows[i], plan_.bits) >> low;
      if (inverted != 0)
        parameters +=
            std::string(", .NOT_") + static_cast<char>('A' + i) + "(" + verilog::literal(inverted, width).text + ")";
    }
    adder.parameters = parameters + ")";
    adder.connections.emplace_back("y", high);
    logic_.instances.push_back(std::move(adder));
    std::vector<Expr> parts{verilog::name(high, width)};
    if (low > 0) parts.push_back(low_part(plan_.rows, low));
    emit(name_, verilog::concat(parts));
  }

  void emit(const std::string& wire, const Expr& value) { logic_.wires.push_back({wire, value, ""}); }

  /// x + y as a row of one field, named `wire`.
  AdderRow join(const AdderRow& x, const AdderRow& y, const std::string& wire, bool last) {
    const AdderRow row = joined_row(x, y, plan_.bits);
    const int width = last ? plan_.bits : row.fields[0].bits;
    const int low = first_overlap({width, {x, y}, false});
    std::vector<Expr> parts;
    if (low < width) parts.push_back(high_part(x, y, width, low, wire, last));
    if (low > 0) parts.push_back(low_part({x, y}, low));
    emit(wire, verilog::concat(parts));
    joined_ = wire;
    joined_width_ = width;
    return row;
  }

  Expr high_part(const AdderRow& x, const AdderRow& y, int width, int low, const std::string& wire, bool last) {
    Expr a = bits(x, width - 1, low), b = bits(y, width - 1, low);
    const bool carry = last && plan_.carry_in;
    if (carry) {
      a = verilog::concat({a, verilog::literal(1, 1)});
      b = verilog::concat({b, verilog::literal(1, 1)});
    }
    // The carry cells take the first operand as it is: best a constant, at least not a complement.
    const auto inverters = [&](const AdderRow& row) { return std::popcount(inverted_bits(row, width) >> low); };
    if (y.fields.empty() || inverters(y) < inverters(x)) std::swap(a, b);
    if (low == 0 && !carry) return verilog::add(a, b);
    const std::string part = wire + "_high";
    emit(part, verilog::add(a, b));
    return carry ? verilog::slice(verilog::name(part, a.width), a.width - 1, 1) : verilog::name(part, a.width);
  }

  /// Below `low` at most one row has something in each bit.
  Expr low_part(const std::vector<AdderRow>& rows, int low) const {
    AdderRow merged;
    for (const AdderRow& r : rows) {
      merged.fields.insert(merged.fields.end(), r.fields.begin(), r.fields.end());
      merged.ones |= r.ones;
    }
    return bits(merged, low - 1, 0);
  }

  /// Bits hi..lo of a row, constants in the gaps. With `complement`, inverted_bits() are inverted.
  Expr bits(const AdderRow& row, int hi, int lo, bool complement = true) const {
    std::vector<Field> fields = row.fields;
    std::sort(fields.begin(), fields.end(), [](const Field& a, const Field& b) { return a.shift > b.shift; });
    std::vector<Expr> parts;
    int next = hi;  // highest bit not yet written
    for (const Field& f : fields) {
      const int top = std::min(next, f.shift + f.bits - 1), bottom = std::max(lo, f.shift);
      if (top < bottom) continue;
      push_constant(parts, row.ones, next, top + 1);
      push_field(parts, f, top - f.shift, bottom - f.shift, complement);
      next = bottom - 1;
    }
    push_constant(parts, row.ones, next, lo);
    return verilog::concat(parts);
  }

  static void push_constant(std::vector<Expr>& parts, std::uint64_t ones, int hi, int lo) {
    if (hi < lo) return;
    const int width = hi - lo + 1;
    const std::uint64_t value = ones >> lo & (width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1);
    parts.push_back(verilog::literal(value, width));
  }

  void push_field(std::vector<Expr>& parts, const Field& f, int hi, int lo, bool complement) const {
    const Expr source = f.value < 0 ? verilog::name(joined_, joined_width_) : use_(f.value);
    const auto part = [&](int h, int l, bool inverted) {
      const Expr x = verilog::slice(source, h, l);
      parts.push_back(inverted && complement ? verilog::invert(x) : x);
    };
    if (f.flip_top && hi == f.bits - 1) {
      part(hi, hi, !f.invert);
      if (--hi < lo) return;
    }
    part(hi, lo, f.invert);
  }

  const SumPlan& plan_;
  std::string name_;
  const std::function<Expr(int)>& use_;
  std::string joined_;
  int joined_width_ = 0;
  ValueLogic logic_;
};

}  // namespace

ValueLogic sum_logic(const SumPlan& plan, const std::string& name, bool three_inputs,
                     const std::function<Expr(int)>& use) {
  return SumWriter(plan, name, use).run(three_inputs);
}

}  // namespace lutra
