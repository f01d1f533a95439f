#include "ir/interpret.h"

#include "base/contract.h"
#include "base/error.h"

namespace lutra {
namespace {

[[noreturn]] void outside(std::size_t id, std::int64_t value, Interval range) {
  throw Error("value %" + std::to_string(id) + " = " + std::to_string(value) + " is outside its range",
              "[" + std::to_string(range.lo) + ", " + std::to_string(range.hi) + "]", "");
}

/// Inputs that mean nothing: every input as far from its upper end as the event's is from the lower one.
std::vector<std::int64_t> idle_inputs(const Program& program, const std::vector<std::int64_t>& event) {
  std::vector<std::int64_t> inputs = event;
  for (const Value& v : program.values)
    if (v.op == Opcode::input) {
      std::int64_t& x = inputs[static_cast<std::size_t>(v.a)];
      x = v.range.hi - (x - v.range.lo);
    }
  return inputs;
}

}  // namespace

std::vector<std::int64_t> interpret_values(const Program& program, std::span<const std::int64_t> inputs,
                                           std::span<const std::int64_t> before, bool start) {
  expects(inputs.size() == static_cast<std::size_t>(program.inputs), "one event");
  const std::vector<std::int64_t> rest = before.empty() ? values_at_rest(program) : std::vector<std::int64_t>();
  if (before.empty()) before = rest;
  std::vector<std::int64_t> results;
  results.reserve(program.values.size());
  std::vector<std::int64_t> args;
  for (const Value& v : program.values) {
    args.clear();
    for (const Operand& o : v.args) args.push_back(results[static_cast<std::size_t>(o.value)]);
    std::int64_t result = 0;
    if (v.op == Opcode::input)
      result = inputs[static_cast<std::size_t>(v.a)];
    else if (v.op == Opcode::previous)
      result = before[static_cast<std::size_t>(v.args[0].value)];
    else if (v.op == Opcode::start)
      result = start ? 1 : 0;
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
  const auto interval = static_cast<std::size_t>(program.interval);
  const auto result_clock = static_cast<std::size_t>(program.result_clock);
  for (std::size_t clock = 0; all.size() < events.size(); ++clock) {
    const std::size_t event = clock / interval;
    const bool start = clock % interval == 0 && event < events.size();
    values = start ? interpret_values(program, events[event], values)
                   : interpret_values(program, idle_inputs(program, events[event % events.size()]), values, false);
    if (clock < result_clock || (clock - result_clock) % interval != 0) continue;
    auto& outputs = all.emplace_back();
    for (const Output& o : program.outputs) outputs.push_back(values[static_cast<std::size_t>(o.value)]);
  }
  return all;
}

}  // namespace lutra
