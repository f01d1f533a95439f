#include "rtl/cpp_model.h"

#include <sstream>

#include "base/comment.h"
#include "base/contract.h"

namespace lutra {
namespace {

std::string number(std::int64_t value) {
  if (value == std::numeric_limits<std::int64_t>::min()) return "(-INT64_C(9223372036854775807) - 1)";
  return "INT64_C(" + std::to_string(value) + ")";
}

std::string sum_text(const Value& v) {
  std::string text = number(v.a);
  for (const Operand& o : v.args)
    text += (o.negative ? " - v[" : " + v[") + std::to_string(o.value) + "] * " + number(std::int64_t{1} << o.shift);
  return text;
}

std::string value_text(const Value& v) {
  const auto arg = [&](std::size_t i) { return "v[" + std::to_string(v.args[i].value) + "]"; };
  const std::string a = number(v.a), b = number(v.b);
  switch (v.op) {
    case Opcode::input:
      return "in[" + std::to_string(v.a) + "]";
    case Opcode::constant:
      return a;
    case Opcode::sum:
      return sum_text(v);
    case Opcode::floor:
      return arg(0) + " >> " + std::to_string(v.a);
    case Opcode::even:
      return "even(" + arg(0) + ", " + std::to_string(v.a) + ")";
    case Opcode::clamp:
      return arg(0) + " < " + a + " ? " + a + " : " + arg(0) + " > " + b + " ? " + b + " : " + arg(0);
    case Opcode::wrap:
      return std::string(v.b != 0 ? "wrap_signed(" : "wrap_unsigned(") + arg(0) + ", " + std::to_string(v.a) + ")";
    case Opcode::max:
      return arg(0) + " > " + arg(1) + " ? " + arg(0) + " : " + arg(1);
    case Opcode::less:
      return arg(0) + " < " + arg(1) + " ? 1 : 0";
    case Opcode::select:
      return arg(0) + " != 0 ? " + arg(1) + " : " + arg(2);
    case Opcode::previous:
    case Opcode::start:
      contract_broken("clocks are unrolled", std::source_location::current());
    case Opcode::table:
      return "table" + std::to_string(v.a) + "[" + arg(0) + " - " + b + "]";
  }
  contract_broken("known op", std::source_location::current());
}

constexpr const char* helpers = R"(
inline std::int64_t even(std::int64_t v, int bits) {
  const std::int64_t floor = v >> bits;
  return (v & ((INT64_C(1) << bits) - 1)) == 0 ? floor & ~INT64_C(1) : floor;
}
inline std::int64_t wrap_unsigned(std::int64_t v, int bits) { return v & ((INT64_C(1) << bits) - 1); }
inline std::int64_t wrap_signed(std::int64_t v, int bits) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(v) << (64 - bits)) >> (64 - bits);
}
)";

}  // namespace

std::string cpp_model(const Program& program, const std::string& name) {
  std::ostringstream out;
  out << "// Bit-exact model of network \"" << comment_text(program.name)
      << "\", made from the same program as the RTL.\n"
      << "#pragma once\n#include <cstdint>\n\nnamespace " << name << " {\n\n"
      << "constexpr int inputs = " << program.inputs << ";\nconstexpr int outputs = " << program.outputs.size() << ";\n"
      << helpers << '\n';
  for (std::size_t t = 0; t < program.tables.size(); ++t) {
    out << "constexpr std::int64_t table" << t << "[] = {";
    for (const std::int64_t entry : program.tables[t]) out << number(entry) << ", ";
    out << "};\n";
  }
  out << "/// One event: `in` holds integers of format " << to_string(program.input_format) << ".\n"
      << "inline void evaluate(const std::int64_t* in, std::int64_t* out) {\n  std::int64_t v[" << program.values.size()
      << "];\n";
  int layer = -2;
  for (std::size_t i = 0; i < program.values.size(); ++i) {
    const Value& v = program.values[i];
    if (v.layer != layer && v.layer >= 0)
      out << "  // Layer " << comment_text(program.layers[static_cast<std::size_t>(v.layer)]) << ".\n";
    layer = v.layer;
    out << "  v[" << i << "] = " << value_text(v) << ";\n";
  }
  for (std::size_t i = 0; i < program.outputs.size(); ++i)
    out << "  out[" << i << "] = v[" << program.outputs[i].value << "];\n";
  out << "}\n\n}  // namespace " << name << '\n';
  return out.str();
}

}  // namespace lutra
