#include <sstream>

#include "base/comment.h"
#include "rtl/verilog.h"

namespace lutra::verilog {
namespace {

void print_ports(std::ostream& out, const Module& m) {
  out << "module " << m.name << " (\n";
  for (std::size_t i = 0; i < m.ports.size(); ++i) {
    const Port& p = m.ports[i];
    out << "    " << (p.output ? "output" : "input ") << " logic " << range_of(p.width) << p.name
        << (i + 1 < m.ports.size() ? ",\n" : "\n");
  }
  out << ");\n";
}

void print_lookup(std::ostream& out, const Lookup& t) {
  out << "  logic " << range_of(t.width) << t.name << ";\n  always_comb\n    case (" << t.index.text << ")\n";
  const bool complete = t.entries.size() == std::size_t{1} << t.index.width;  // the last is the default: no x anywhere
  for (std::size_t i = 0; i + (complete ? 1 : 0) < t.entries.size(); ++i)
    out << "      " << literal(t.entries[i].first, t.index.width).text << ": " << t.name << " = "
        << literal(t.entries[i].second, t.width).text << ";\n";
  const std::uint64_t other = complete ? t.entries.back().second : 0;
  out << "      default: " << t.name << " = " << literal(other, t.width).text << ";\n    endcase\n";
}

void print_registers(std::ostream& out, const Module& m) {
  if (m.registers.empty()) return;
  for (const Register& r : m.registers) out << "  logic " << range_of(r.value.width) << r.name << ";\n";
  out << "  always_ff @(posedge clk) begin\n";
  for (const Register& r : m.registers) {
    out << "    " << r.name << " <= ";
    if (r.reset) out << "rst ? " << literal(0, r.value.width).text << " : ";
    out << r.value.text << ";\n";
  }
  out << "  end\n";
}

void print_instance(std::ostream& out, const Instance& i) {
  out << "  " << i.module << i.parameters << " " << i.name << " (";
  for (std::size_t k = 0; k < i.connections.size(); ++k)
    out << (k == 0 ? "" : ", ") << "." << i.connections[k].first << "(" << i.connections[k].second << ")";
  out << ");\n";
}

}  // namespace

std::string range_of(int width) { return width == 1 ? "" : "[" + std::to_string(width - 1) + ":0] "; }

std::string print(const Module& m) {
  std::ostringstream body;
  for (const Net& n : m.nets) body << "  logic " << range_of(n.width) << n.name << ";\n";
  for (const Wire& w : m.wires) body << "  logic " << range_of(w.value.width) << w.name << ";\n";
  for (const Lookup& t : m.lookups) print_lookup(body, t);
  print_registers(body, m);
  for (const Wire& w : m.wires)
    body << "  assign " << w.name << " = " << w.value.text << ";"
         << (w.comment.empty() ? "" : "  // " + comment_text(w.comment)) << "\n";
  for (const Instance& i : m.instances) print_instance(body, i);
  for (const auto& [port, value] : m.assigns) body << "  assign " << port << " = " << value.text << ";\n";

  std::ostringstream out;
  out << "// " << comment_text(m.comment)
      << "\n// Bits below a rounding point and above a saturation point are computed for their carries only.\n"
      << "/* verilator lint_off UNUSEDSIGNAL */\n";
  print_ports(out, m);
  out << body.str() << "endmodule\n/* verilator lint_on UNUSEDSIGNAL */\n";
  return out.str();
}

}  // namespace lutra::verilog
