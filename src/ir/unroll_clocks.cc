#include "ir/unroll_clocks.h"

#include "ir/builder.h"

namespace lutra {
namespace {

Program frame(const Program& program) {
  Program p = empty_copy(program);
  p.interval = 1;
  p.result_clock = 0;
  return p;
}

class ClockUnroller {
 public:
  explicit ClockUnroller(const Program& program)
      : program_(program),
        rest_(values_at_rest(program)),
        builder_(frame(program)),
        made_(static_cast<std::size_t>(program.result_clock) + 1, std::vector<int>(program.values.size(), not_made)) {}

  Program run() && {
    for (std::size_t id = 0; id < program_.values.size(); ++id)
      if (program_.values[id].op == Opcode::input) value_at(static_cast<int>(id), 0);
    find_needed();
    for (int clock = 0; clock <= program_.result_clock; ++clock)
      for (std::size_t id = 0; id < program_.values.size(); ++id)
        if (needed(clock)[id]) value_at(static_cast<int>(id), clock);
    for (const Output& o : program_.outputs) builder_.output(value_at(o.value, program_.result_clock), o.format);
    return std::move(builder_).finish();
  }

 private:
  static constexpr int not_made = -1;

  std::vector<bool>& needed(int clock) { return needed_[static_cast<std::size_t>(clock)]; }

  /// From the outputs backwards through clocks and values.
  void find_needed() {
    needed_.assign(made_.size(), std::vector<bool>(program_.values.size(), false));
    for (const Output& o : program_.outputs) needed_.back()[static_cast<std::size_t>(o.value)] = true;
    for (int clock = program_.result_clock; clock >= 0; --clock)
      for (std::size_t id = program_.values.size(); id-- > 0;) {
        if (!needed(clock)[id]) continue;
        const Value& v = program_.values[id];
        const int source = clock - (v.op == Opcode::previous ? 1 : 0);
        if (source < 0) continue;
        for (const Operand& o : v.args) needed(source)[static_cast<std::size_t>(o.value)] = true;
      }
  }

  int value_at(int id, int clock) {
    const Value& v = program_.value(id);
    if (clock < 0) return builder_.constant(rest_[static_cast<std::size_t>(id)], v.frac);
    int& made = made_[static_cast<std::size_t>(clock)][static_cast<std::size_t>(id)];
    if (made == not_made) {
      builder_.set_layer(v.layer);
      made = make(id, clock);
    }
    return made;
  }

  int make(int id, int clock) {
    const Value& v = program_.value(id);
    if (v.op == Opcode::input && clock > 0) return builder_.constant(rest_[static_cast<std::size_t>(id)], v.frac);
    if (v.op == Opcode::start) return builder_.constant(clock == 0 ? 1 : 0, 0);
    if (v.op == Opcode::previous) return value_at(v.args[0].value, clock - 1);
    std::vector<int> args;
    for (const Operand& o : v.args) args.push_back(value_at(o.value, clock));
    return builder_.copy(program_, v, args);
  }

  const Program& program_;
  std::vector<std::int64_t> rest_;  // [values]
  Builder builder_;
  std::vector<std::vector<int>> made_;  // [clocks][values]
  std::vector<std::vector<bool>> needed_;
};

}  // namespace

Program unroll_clocks(const Program& program) { return ClockUnroller(program).run(); }

}  // namespace lutra
