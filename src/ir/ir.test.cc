#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.h"
#include "ir/builder.h"
#include "ir/check.h"
#include "ir/interpret.h"
#include "ir/random_program.h"
#include "ir/text.h"

namespace lutra {
namespace {

Program two_inputs() {
  Program p;
  p.inputs = 2;
  p.input_format = {4, 2, true};
  p.layers = {"dense 1"};
  return p;
}

TEST(OpTable, IsInTheOrderOfTheEnumAndNamesAreUnique) {
  int i = 0;
  for (const OpInfo& row : op_table()) {
    EXPECT_EQ(static_cast<int>(row.op), i++);
    EXPECT_EQ(parse_opcode(row.name, "test"), row.op);
    EXPECT_EQ(&info(row.op), &row);
  }
  EXPECT_THROW(parse_opcode("mul", "test"), Error);
}

TEST(Interpret, ShiftsAddsAndRounds) {
  Builder b(two_inputs());
  const int sum = b.sum({{b.input(0), 2}, {b.input(1), 0, true}}, 2, 2);  // 4 x - y + 2, the half of 2 bits added
  b.output(b.clamp(b.even(sum, 2), {-3, 5}), {4, 0, true});
  const Program p = std::move(b).finish();
  EXPECT_EQ(interpret(p, std::vector<std::int64_t>{1, 2})[0], 0);   // 2/4 is a tie: to even
  EXPECT_EQ(interpret(p, std::vector<std::int64_t>{2, 2})[0], 2);   // 6/4 is a tie: to even
  EXPECT_EQ(interpret(p, std::vector<std::int64_t>{2, 1})[0], 2);   // 7/4
  EXPECT_EQ(interpret(p, std::vector<std::int64_t>{7, -8})[0], 5);  // saturated
  EXPECT_EQ(interpret(p, std::vector<std::int64_t>{-8, 7})[0], -3);
}

TEST(Builder, MakesEqualValuesOnceAndFoldsConstants) {
  Builder b(two_inputs());
  const int x = b.input(0), y = b.input(1);
  EXPECT_EQ(b.sum({{x}, {y, 1}}, 0, 2), b.sum({{y, 1}, {x}}, 0, 2));
  EXPECT_EQ(b.sum({{x}}, 0, 2), x);
  EXPECT_EQ(b.sum({{x}, {b.constant(3, 2), 2, true}}, 12, 2), x);
  EXPECT_EQ(b.clamp(x, {-8, 7}), x);
  EXPECT_EQ(b.value(b.less(x, b.constant(100, 2))).op, Opcode::constant);
}

TEST(Check, NamesTheValue) {
  Program p = two_inputs();
  p.values = {{.op = Opcode::input, .args = {}, .a = 2, .range = {0, 1}}};
  try {
    check_program(p, "here");
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("here: value %0"), std::string::npos) << e.what();
  }
}

RC_GTEST_PROP(Program, TextRoundTrips, ()) {
  const Program p = random_program(*rc::gen::arbitrary<std::uint64_t>());
  check_program(p, "random");
  RC_ASSERT(parse_program(print_program(p), "text") == p);
}

RC_GTEST_PROP(Program, DamagedTextIsAnErrorNotACrash, ()) {
  std::string text = print_program(random_program(*rc::gen::arbitrary<std::uint64_t>()));
  const auto place = *rc::gen::inRange<std::size_t>(0, text.size());
  text[place] = *rc::gen::arbitrary<char>();
  try {
    const Program p = parse_program(text, "text");
    RC_ASSERT(p.inputs >= 0);
  } catch (const Error&) {
  }
}

RC_GTEST_PROP(Program, EveryValueStaysInItsRange, ()) {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Program p = random_program(seed);
  for (const auto& event : random_events(p, seed, 20)) RC_ASSERT(interpret(p, event).size() == p.outputs.size());
}

}  // namespace
}  // namespace lutra
