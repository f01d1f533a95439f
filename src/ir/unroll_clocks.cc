#include "ir/unroll_clocks.h"

#include "base/contract.h"
#include "ir/builder.h"

namespace lutra {
namespace {

Program frame(const Program& program) {
  Program p = program;
  p.values.clear();
  p.outputs.clear();
  p.tables.clear();
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
    const auto arg = [&](std::size_t i) { return value_at(v.args[i].value, clock); };
    switch (v.op) {
      case Opcode::input:
        return clock == 0 ? builder_.input(static_cast<int>(v.a), v.range)
                          : builder_.constant(rest_[static_cast<std::size_t>(id)], v.frac);
      case Opcode::constant:
        return builder_.constant(v.a, v.frac);
      case Opcode::sum: {
        std::vector<Operand> operands = v.args;
        for (Operand& o : operands) o.value = value_at(o.value, clock);
        return builder_.sum(std::move(operands), v.a, v.frac, v.range);
      }
      case Opcode::floor:
        return builder_.floor(arg(0), static_cast<int>(v.a));
      case Opcode::even:
        return builder_.even(arg(0), static_cast<int>(v.a));
      case Opcode::clamp:
        return builder_.clamp(arg(0), {v.a, v.b});
      case Opcode::wrap:
        return builder_.wrap(arg(0), {static_cast<int>(v.a), v.frac, v.b != 0});
      case Opcode::max:
        return builder_.max(arg(0), arg(1));
      case Opcode::less:
        return builder_.less(arg(0), arg(1));
      case Opcode::select:
        return builder_.select(arg(0), arg(1), arg(2));
      case Opcode::table:
        return builder_.table(arg(0), program_.tables[static_cast<std::size_t>(v.a)], v.b, v.frac);
      case Opcode::previous:
        return value_at(v.args[0].value, clock - 1);
      case Opcode::start:
        return builder_.constant(clock == 0 ? 1 : 0, 0);
    }
    contract_broken("known op", std::source_location::current());
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
