#pragma once
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "ir/program.h"

namespace lutra {

/// Appends values to a program. Equal values are made once, constants are folded, ops that change nothing return their
/// argument, ranges follow from the arguments.
class Builder {
 public:
  explicit Builder(Program program) : program_(std::move(program)) {}

  /// New values belong to this layer.
  void set_layer(int layer) { layer_ = layer; }

  int input(int index, std::optional<Interval> range = {});
  int constant(std::int64_t value, int frac);

  /// Sum of any operands plus `addend`; `exact` is the range of the result where the caller knows better than the sum
  /// of the arguments' ranges. Takes 1 to 3 operands.
  int sum(std::vector<Operand> operands, std::int64_t addend, int frac, std::optional<Interval> exact = {});

  int floor(int value, int bits);
  int even(int value, int bits);
  int clamp(int value, Interval limits);
  int wrap(int value, Format format);
  int max(int x, int y);
  int less(int x, int y);
  int select(int condition, int x, int y);
  /// The value `clocks` clocks ago.
  int previous(int value, int clocks = 1);
  int start();

  /// entries[v - first] for every v of the argument's range.
  int table(int value, std::vector<std::int64_t> entries, std::int64_t first, int frac);

  /// The value, known to stay inside this range too.
  int narrowed(int value, Interval range);

  /// A value of another program on arguments of this one; its range is kept where it is known to be tighter.
  int copy(const Program& from, const Value& value, const std::vector<int>& args);

  /// Clocks between events, and from an event to its outputs.
  void set_clocks(int interval, int result_clock) {
    program_.interval = interval;
    program_.result_clock = result_clock;
  }

  void output(int value, Format format) { program_.outputs.push_back({value, format}); }

  const Value& value(int id) const { return program_.value(id); }
  const Program& program() const { return program_; }
  Program finish() && { return std::move(program_); }

 private:
  using Key = std::tuple<Opcode, std::vector<Operand>, std::int64_t, std::int64_t>;
  int push(Value value, std::optional<Interval> exact = {});
  int unary(Opcode op, int value, std::int64_t a, std::int64_t b, int frac);
  int copy_op(const Program& from, const Value& value, const std::vector<int>& args);

  Program program_;
  std::map<Key, int> made_;
  std::map<std::vector<std::int64_t>, int> tables_;
  int layer_ = -1;
};

}  // namespace lutra
