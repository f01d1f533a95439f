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

std::vector<std::int64_t> interpret_values(const Program& program, std::span<const std::int64_t> event) {
  expects(event.size() == static_cast<std::size_t>(program.inputs), "one event");
  std::vector<std::int64_t> results;
  results.reserve(program.values.size());
  std::vector<std::int64_t> args;
  for (const Value& v : program.values) {
    args.clear();
    for (const Operand& o : v.args) args.push_back(results[static_cast<std::size_t>(o.value)]);
    const std::int64_t result = v.op == Opcode::input ? event[static_cast<std::size_t>(v.a)] : apply(program, v, args);
    if (!v.range.contains(result)) outside(results.size(), result, v.range);
    results.push_back(result);
  }
  return results;
}

std::vector<std::int64_t> interpret(const Program& program, std::span<const std::int64_t> event) {
  const std::vector<std::int64_t> values = interpret_values(program, event);
  std::vector<std::int64_t> outputs;
  for (const Output& o : program.outputs) outputs.push_back(values[static_cast<std::size_t>(o.value)]);
  return outputs;
}

}  // namespace lutra
