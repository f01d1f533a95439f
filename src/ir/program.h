#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "fixed/format.h"
#include "fixed/interval.h"
#include "ir/op.h"

namespace lutra {

/// An argument: an earlier value. `sum` uses it shifted left and possibly subtracted; other ops use it as it is.
struct Operand {
  int value = 0;
  int shift = 0;
  bool negative = false;
  friend bool operator==(const Operand&, const Operand&) = default;
  friend auto operator<=>(const Operand&, const Operand&) = default;
};

/// One value, computed once (SSA). `a` and `b` are the op's immediates (see op_table()).
struct Value {
  Opcode op = Opcode::constant;
  std::vector<Operand> args;
  std::int64_t a = 0;
  std::int64_t b = 0;
  Interval range;  // every run stays inside: exact, or tighter than the op alone can tell
  int frac = 0;    // the integer is worth integer x 2^-frac
  int layer = -1;  // index into Program::layers, -1 for inputs
  friend bool operator==(const Value&, const Value&) = default;
};

struct Output {
  int value = 0;
  Format format;  // of the port; contains the value's range
  friend bool operator==(const Output&, const Output&) = default;
};

/// A straight-line integer program, run once per clock: inputs in, outputs out. Arguments come before their uses. An
/// event arrives every `interval` clocks; its inputs are there in one clock only (`start` is 1), its outputs are those
/// of `result_clock` clocks later, reached through `previous`.
struct Program {
  std::string name = "program";
  int inputs = 0;
  Format input_format;
  int interval = 1;
  int result_clock = 0;
  std::vector<std::string> layers;  // source layers, for names and reports
  std::vector<std::vector<std::int64_t>> tables;
  std::vector<Value> values;
  std::vector<Output> outputs;
  friend bool operator==(const Program&, const Program&) = default;

  const Value& value(int id) const { return values[static_cast<std::size_t>(id)]; }
};

/// The program without values, tables and outputs: what a pass begins with.
Program empty_copy(const Program& program);

/// Fewest bits that hold the value.
Format format_of(const Value& value);

/// The op's result on argument values (in order); not for `input`, `previous` and `start`.
std::int64_t apply(const Program& program, const Value& value, const std::vector<std::int64_t>& args);

/// Interval of the op's result given its arguments' intervals. Error when it leaves 64 bits.
Interval natural_range(const Program& program, const Value& value);

/// The value that a chain of `previous` begins with, and how many clocks it goes back.
struct PastValue {
  int value = 0;
  int clocks = 0;
};
PastValue past_value(const Program& program, int id);

/// What the values are before the first clock, after a long time without events: [values]. Inputs rest at the integer
/// of their range nearest 0. A constant 1 in a sum is there at rest too, so this is not 0 everywhere.
std::vector<std::int64_t> values_at_rest(const Program& program);

/// Number of uses of every value, outputs included.
std::vector<int> count_uses(const Program& program);

}  // namespace lutra
