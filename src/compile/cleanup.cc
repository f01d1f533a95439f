#include "compile/cleanup.h"

namespace lutra {
namespace {

std::vector<bool> live_values(const Program& program) {
  std::vector<bool> live(program.values.size(), false);
  for (const Output& o : program.outputs) live[static_cast<std::size_t>(o.value)] = true;
  for (std::size_t i = live.size(); i-- > 0;) {
    if (program.values[i].op == Opcode::input) live[i] = true;
    if (!live[i]) continue;
    for (const Operand& o : program.values[i].args) live[static_cast<std::size_t>(o.value)] = true;
  }
  return live;
}

/// Keeps the tables that are used, in order of first use.
void pack_tables(Program& program) {
  std::vector<int> place(program.tables.size(), -1);
  std::vector<std::vector<std::int64_t>> kept;
  for (Value& v : program.values) {
    if (v.op != Opcode::table) continue;
    int& p = place[static_cast<std::size_t>(v.a)];
    if (p < 0) {
      p = static_cast<int>(kept.size());
      kept.push_back(program.tables[static_cast<std::size_t>(v.a)]);
    }
    v.a = p;
  }
  program.tables = std::move(kept);
}

}  // namespace

Program remove_dead(const Program& program) {
  const std::vector<bool> live = live_values(program);
  std::vector<int> place(program.values.size(), -1);
  Program result = program;
  result.values.clear();
  for (std::size_t i = 0; i < live.size(); ++i) {
    if (!live[i]) continue;
    place[i] = static_cast<int>(result.values.size());
    Value v = program.values[i];
    for (Operand& o : v.args) o.value = place[static_cast<std::size_t>(o.value)];
    result.values.push_back(std::move(v));
  }
  for (Output& o : result.outputs) o.value = place[static_cast<std::size_t>(o.value)];
  pack_tables(result);
  return result;
}

}  // namespace lutra
