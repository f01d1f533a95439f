#include "ir/schedule.h"

#include <algorithm>

namespace lutra {

std::vector<int> last_use(const Program& program, const Schedule& schedule) {
  std::vector<int> last = schedule.stage;
  const auto use = [&](int value, int stage) {
    int& l = last[static_cast<std::size_t>(value)];
    l = std::max(l, stage);
  };
  const auto use_at = [&](int id, int stage) {
    const PastValue past = past_value(program, id);
    use(past.value, stage + past.clocks);
  };
  for (std::size_t i = 0; i < program.values.size(); ++i)
    for (const Operand& o : program.values[i].args) use_at(o.value, schedule.stage[i]);
  for (const Output& o : program.outputs) use_at(o.value, schedule.stages);
  return last;
}

bool is_registered(const Value& value) {
  return value.op != Opcode::constant && value.op != Opcode::previous && value.op != Opcode::start;
}

int count_registers(const Program& program, const Schedule& schedule) {
  const std::vector<int> last = last_use(program, schedule);
  int registers = 0;
  for (std::size_t i = 0; i < program.values.size(); ++i)
    if (is_registered(program.values[i]))
      registers += (last[i] - schedule.stage[i]) * format_of(program.values[i]).bits;
  return registers;
}

}  // namespace lutra
