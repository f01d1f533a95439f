#include "ir/interpret.h"

#include "base/contract.h"
#include "base/error.h"

namespace lutra {
namespace {

[[noreturn]] void outside(std::size_t id, std::int64_t value, Interval range) {
  throw Error("value %" + std::to_string(id) + " = " + std::to_string(value) + " is outside its range",
              "[" + std::to_string(range.lo) + ", " + std::to_string(range.hi) + "]", "");
}

}  // namespace

std::vector<std::int64_t> interpret_values(const Program& program, std::span<const std::int64_t> event,
                                           std::span<const std::int64_t> before) {
  expects(event.size() == static_cast<std::size_t>(program.inputs), "one event");
  std::vector<std::int64_t> results;
  results.reserve(program.values.size());
  std::vector<std::int64_t> args;
  for (const Value& v : program.values) {
    args.clear();
    for (const Operand& o : v.args) args.push_back(results[static_cast<std::size_t>(o.value)]);
    std::int64_t result = 0;
    if (v.op == Opcode::input)
      result = event[static_cast<std::size_t>(v.a)];
    else if (v.op == Opcode::previous)
      result = before.empty() ? 0 : before[static_cast<std::size_t>(v.args[0].value)];
    else
      result = apply(program, v, args);
    if (!v.range.contains(result)) outside(results.size(), result, v.range);
    results.push_back(result);
  }
  return results;
}

std::vector<std::int64_t> interpret(const Program& program, std::span<const std::int64_t> event) {
  return interpret_stream(program, {{event.begin(), event.end()}})[0];
}

std::vector<std::vector<std::int64_t>> interpret_stream(const Program& program,
                                                        const std::vector<std::vector<std::int64_t>>& events) {
  std::vector<std::vector<std::int64_t>> all;
  std::vector<std::int64_t> values;
  for (const auto& event : events) {
    values = interpret_values(program, event, values);
    auto& outputs = all.emplace_back();
    for (const Output& o : program.outputs) outputs.push_back(values[static_cast<std::size_t>(o.value)]);
  }
  return all;
}

}  // namespace lutra
