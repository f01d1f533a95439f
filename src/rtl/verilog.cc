#include "rtl/verilog.h"

#include "base/contract.h"

namespace lutra::verilog {
namespace {

std::string operand(const Expr& x) { return x.atom ? x.text : "(" + x.text + ")"; }

Expr compound(std::string text, int width, bool atom) { return {std::move(text), width, atom, "", 0, false, false, 0}; }

Expr binary(const Expr& x, const char* op, const Expr& y, int width) {
  expects(x.width == y.width, "operands have one width");
  return compound(operand(x) + " " + op + " " + operand(y), width, false);
}

}  // namespace

Expr name(const std::string& text, int width) { return {text, width, true, text, 0, width == 1, false, 0}; }

Expr literal(std::uint64_t value, int width) {
  expects(width >= 1 && (width >= 64 || value >> width == 0), "a literal fits its width");
  return {std::to_string(width) + "'d" + std::to_string(value), width, true, "", 0, false, true, value};
}

Expr slice(const Expr& x, int hi, int lo) {
  expects(lo >= 0 && hi < x.width && lo <= hi, "a slice lies inside its name");
  if (lo == 0 && hi == x.width - 1) return x;
  const int width = hi - lo + 1;
  if (x.constant) return literal(x.value >> lo & ((std::uint64_t{2} << (width - 1)) - 1), width);
  expects(!x.base.empty() && !x.single, "only names and literals are sliced");
  const int low = x.low + lo;
  const std::string bits = (width == 1 ? "" : std::to_string(low + width - 1) + ":") + std::to_string(low);
  return {x.base + "[" + bits + "]", width, true, x.base, low, false, false, 0};
}

Expr concat(const std::vector<Expr>& parts) {
  if (parts.size() == 1) return parts[0];
  Expr all{"{", 0, true, "", 0, false, false, 0};
  for (const Expr& p : parts) {
    all.text += (all.width == 0 ? "" : ", ") + p.text;
    all.width += p.width;
  }
  all.text += "}";
  return all;
}

Expr repeat(const Expr& bit, int times) {
  if (times == 1) return bit;
  return compound("{" + std::to_string(times) + "{" + bit.text + "}}", times * bit.width, true);
}

Expr invert(const Expr& x) { return compound("~" + operand(x), x.width, true); }
Expr any(const Expr& x) { return x.width == 1 ? x : compound("|" + operand(x), 1, false); }
Expr both(const Expr& x, const Expr& y) { return binary(x, "&", y, x.width); }
Expr either(const Expr& x, const Expr& y) { return binary(x, "|", y, x.width); }
Expr add(const Expr& x, const Expr& y) { return binary(x, "+", y, x.width); }
Expr less(const Expr& x, const Expr& y) { return binary(x, "<", y, 1); }

Expr choose(const Expr& condition, const Expr& yes, const Expr& no) {
  expects(condition.width == 1 && yes.width == no.width, "a choice is between equal widths");
  return compound(operand(condition) + " ? " + operand(yes) + " : " + operand(no), yes.width, false);
}

}  // namespace lutra::verilog
