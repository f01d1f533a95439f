#pragma once
#include <cstdint>
#include <string>
#include <vector>

/// The little of SystemVerilog that Lutra writes. Every expression knows its width and operators insist on equal
/// widths, so that nothing is ever extended or cut silently.
namespace lutra::verilog {

struct Expr {
  std::string text;
  int width = 1;
  bool atom = true;     // needs no parentheses
  std::string base;     // names and their slices: the name,
  int low = 0;          // its lowest bit here,
  bool single = false;  // and whether it has no bits to select from
  bool constant = false;
  std::uint64_t value = 0;  // of a constant
};

Expr name(const std::string& text, int width);
Expr literal(std::uint64_t value, int width);
/// Bits hi..lo of a name, a slice of one, or a literal.
Expr slice(const Expr& x, int hi, int lo);
/// First part in the highest bits.
Expr concat(const std::vector<Expr>& parts);
Expr repeat(const Expr& bit, int times);
Expr invert(const Expr& x);
Expr any(const Expr& x);  // OR of all bits
Expr both(const Expr& x, const Expr& y);
Expr either(const Expr& x, const Expr& y);
Expr add(const Expr& x, const Expr& y);
Expr less(const Expr& x, const Expr& y);  // unsigned
Expr choose(const Expr& condition, const Expr& yes, const Expr& no);

struct Port {
  bool output = false;
  std::string name;
  int width = 1;
};

/// Combinational: wire [width-1:0] name = value.
struct Wire {
  std::string name;
  Expr value;
  std::string comment;
};

/// Combinational: name = entries[index].second where entries[index].first == index, else 0.
struct Lookup {
  std::string name;
  int width = 1;
  Expr index;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> entries;
};

/// name <= value at every clock, 0 at reset if `reset`.
struct Register {
  std::string name;
  Expr value;
  bool reset = false;
};

struct Instance {
  std::string module;
  std::string parameters;  // "#(...)" or nothing
  std::string name;
  std::vector<std::pair<std::string, std::string>> connections;
};

/// Declares a wire that an instance drives.
struct Net {
  std::string name;
  int width = 1;
};

struct Module {
  std::string name;
  std::string comment;
  std::vector<Port> ports;
  std::vector<Net> nets;
  std::vector<Instance> instances;
  std::vector<Wire> wires;
  std::vector<Lookup> lookups;
  std::vector<Register> registers;
  std::vector<std::pair<std::string, Expr>> assigns;  // to output ports
};

std::string print(const Module& module);

/// "[7:0] " or nothing for one bit.
std::string range_of(int width);

}  // namespace lutra::verilog
