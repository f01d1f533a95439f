#include "ir/op.h"

#include <array>

#include "base/error.h"

namespace lutra {
namespace {

constexpr std::array<OpInfo, 13> table{{
    {Opcode::input, "input", 0, 0, Immediates::index, "element `a` of the event"},
    {Opcode::constant, "constant", 0, 0, Immediates::value, "a"},
    {Opcode::sum, "sum", 1, 3, Immediates::addend, "sum of +-(arg << shift), plus a"},
    {Opcode::floor, "floor", 1, 1, Immediates::bits, "arg >> a, towards minus infinity"},
    {Opcode::even, "even", 1, 1, Immediates::bits,
     "arg >> a with the last bit cleared when all dropped bits are 0: half-to-even once the half has been added"},
    {Opcode::clamp, "clamp", 1, 1, Immediates::limits, "arg limited to [a, b]"},
    {Opcode::wrap, "wrap", 1, 1, Immediates::format, "the low a bits of arg, two's complement when b is 1"},
    {Opcode::max, "max", 2, 2, Immediates::none, "the larger argument"},
    {Opcode::less, "less", 2, 2, Immediates::none, "1 when arg 0 < arg 1, else 0"},
    {Opcode::select, "select", 3, 3, Immediates::none, "arg 0 is not 0 ? arg 1 : arg 2"},
    {Opcode::table, "table", 1, 1, Immediates::table, "entry arg - b of table a"},
    {Opcode::previous, "previous", 1, 1, Immediates::none,
     "arg of the clock before (of its range, the value nearest 0 before the first): a register"},
    {Opcode::start, "start", 0, 0, Immediates::none, "1 in the clock in which an event arrives, else 0"},
}};

}  // namespace

std::span<const OpInfo> op_table() { return table; }

const OpInfo& info(Opcode op) { return table[static_cast<std::size_t>(op)]; }

Opcode parse_opcode(const std::string& name, const std::string& where) {
  for (const OpInfo& i : table)
    if (name == i.name) return i.op;
  throw Error(where + ": unknown op \"" + name + "\"", "", "");
}

}  // namespace lutra
