#pragma once
#include <span>
#include <string>

namespace lutra {

/// What a value of a program is. Everything is an integer; op_table() says what each means.
enum class Opcode { input, constant, sum, floor, even, clamp, wrap, max, less, select, table, previous, start };

/// Immediate operands of an op, in the order in which the text form writes them.
enum class Immediates { none, index, value, addend, bits, limits, format, table };

struct OpInfo {
  Opcode op;
  const char* name;
  int min_args;
  int max_args;
  Immediates immediates;
  const char* meaning;
};

/// The one table of ops, in the order of Opcode. Interpreter, checker, text and RTL follow it.
std::span<const OpInfo> op_table();

const OpInfo& info(Opcode op);

/// Error naming `where` when there is no such op.
Opcode parse_opcode(const std::string& name, const std::string& where);

}  // namespace lutra
