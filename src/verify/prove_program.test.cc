#include "verify/prove_program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "base/error.h"
#include "compile/compile.h"
#include "ir/interpret.h"
#include "model/evaluate.h"
#include "model/published_student.h"
#include "model/random_network.h"

namespace lutra {
namespace {

TEST(ProveProgram, ProvesThePublishedStudent) {
  const Network network = published_student(2);
  for (const int interval : {1, 12}) {
    CompileOptions options;
    options.input_max = 2;
    options.interval = interval;
    const ProgramProof proof = prove_program(network, compile(network, options).arithmetic);
    EXPECT_TRUE(proof.proved) << "interval " << interval << ": " << proof.difference;
    ASSERT_EQ(proof.layers.size(), network.layers.size());
    EXPECT_EQ(proof.layers.back().proved, 2);
    EXPECT_GT(proof.points, 1000u);
  }
}

TEST(ProveProgram, ProvesRandomNetworksOfEveryLayer) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Network network = random_network(seed);
    const ProgramProof proof = prove_program(network, compile(network, {}).arithmetic);
    EXPECT_TRUE(proof.proved) << "seed " << seed << ": " << proof.difference;
  }
}

bool table_covers(const Program& p, const Value& v) {
  const Interval index = p.value(v.args[0].value).range;
  return index.lo >= v.b && index.hi - v.b < static_cast<std::int64_t>(p.tables[static_cast<std::size_t>(v.a)].size());
}

/// Ranges that follow from the ops alone, so that only the mutation is wrong; nothing when it leaves a table or 64
/// bits.
std::optional<Program> with_natural_ranges(Program p) {
  try {
    for (Value& v : p.values) {
      if (v.op == Opcode::table && !table_covers(p, v)) return {};
      if (v.op != Opcode::input) v.range = natural_range(p, v);
    }
  } catch (const Error&) {
    return {};
  }
  for (Output& o : p.outputs) o.format = format_of(p.value(o.value));
  return p;
}

/// All programs that differ from this one in one number of one value.
std::vector<Program> mutants(const Program& program) {
  std::vector<Program> all;
  const auto mutate = [&](std::size_t id, const auto& change) {
    Program copy = program;
    change(copy.values[id]);
    all.push_back(std::move(copy));
  };
  for (std::size_t id = 0; id < program.values.size(); ++id) {
    const Value& v = program.values[id];
    for (std::size_t arg = 0; v.op == Opcode::sum && arg < v.args.size(); ++arg) {
      mutate(id, [&](Value& m) { ++m.args[arg].shift; });
      mutate(id, [&](Value& m) { m.args[arg].negative = !m.args[arg].negative; });
    }
    if (v.op == Opcode::sum) mutate(id, [](Value& m) { ++m.a; });
    using Limits = std::numeric_limits<std::int64_t>;  // a clamp at one of them has no limit on that side
    if (v.op == Opcode::clamp && v.b < Limits::max()) mutate(id, [](Value& m) { ++m.b; });
    if (v.op == Opcode::clamp && v.a > Limits::min()) mutate(id, [](Value& m) { --m.a; });
    if (v.op == Opcode::floor || v.op == Opcode::even) mutate(id, [](Value& m) { ++m.a; });
    if (v.op == Opcode::less || v.op == Opcode::max) mutate(id, [](Value& m) { m.args[0] = m.args[1]; });
  }
  for (std::size_t t = 0; t < program.tables.size(); ++t)
    for (std::size_t entry = 0; entry < program.tables[t].size(); ++entry) {
      all.push_back(program);
      ++all.back().tables[t][entry];
    }
  return all;
}

bool differs(const Network& network, const Program& program) {
  constexpr std::size_t events = 40;
  const std::vector<std::int16_t> inputs = random_inputs(network, 5, events);
  const std::vector<std::int64_t> expected = Evaluator(network).evaluate(inputs);
  const std::size_t width = inputs.size() / events, outputs = expected.size() / events;
  for (std::size_t e = 0; e < events; ++e) {
    const auto first = inputs.begin() + static_cast<std::ptrdiff_t>(e * width);
    const std::vector<std::int64_t> event(first, first + static_cast<std::ptrdiff_t>(width));
    if (!std::ranges::equal(interpret(program, event), std::span(expected).subspan(e * outputs, outputs))) return true;
  }
  return false;
}

TEST(ProveProgram, FindsEveryMutationThatMatters) {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Network network = random_network(seed, {3, 2, 4, 4, 4});
    const Program program = compile(network, {}).arithmetic;
    std::vector<Program> all = mutants(program);
    for (std::size_t i = 0; i < all.size(); i += 1 + all.size() / 60) {
      const auto mutant = with_natural_ranges(all[i]);
      if (!mutant || !differs(network, *mutant)) continue;
      ++found;
      EXPECT_FALSE(prove_program(network, *mutant).proved) << "seed " << seed << ", mutant " << i;
    }
  }
  EXPECT_GT(found, 400);
}

TEST(ProveProgram, NamesLayerAndElement) {
  const Network network = published_student(3);
  Program program = compile(network, {}).arithmetic;
  const auto last = std::ranges::find_if(program.values, [&](const Value& v) {
    return v.op == Opcode::sum && v.layer == static_cast<int>(network.layers.size()) - 1 && v.args.size() > 1;
  });
  last->args[0].negative = !last->args[0].negative;
  const ProgramProof proof = prove_program(network, with_natural_ranges(program).value());
  EXPECT_FALSE(proof.proved);
  EXPECT_NE(proof.difference.find(network.layers.back().name), std::string::npos) << proof.difference;
}

/// Stated ranges narrower than what can happen: hardware of that width would overflow.
TEST(ProveProgram, FindsRangesThatAreTooNarrow) {
  const Network network = published_student(3);
  Program program = compile(network, {}).arithmetic;
  const auto sum =
      std::ranges::find_if(program.values, [](const Value& v) { return v.op == Opcode::sum && v.args.size() == 2; });
  --sum->range.hi;
  for (auto v = sum + 1; v != program.values.end(); ++v) {
    const Interval natural = natural_range(program, *v);
    v->range = {std::max(v->range.lo, natural.lo), std::min(v->range.hi, natural.hi)};
  }
  const ProgramProof proof = prove_program(network, program);
  EXPECT_FALSE(proof.proved);
  EXPECT_NE(proof.difference.find("can reach"), std::string::npos) << proof.difference;
}

}  // namespace
}  // namespace lutra
