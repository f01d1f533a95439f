#include "ir/check.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/error.h"

namespace lutra {
namespace {

/// x, y in [0, 7]; x - 2y; a table of x.
Program good() {
  Program p;
  p.inputs = 2;
  p.input_format = {3, 0, false};
  p.layers = {"dense"};
  p.tables = {{0, 1, 2, 3, 4, 5, 6, 7}};
  p.values = {{.op = Opcode::input, .args = {}, .a = 0, .range = {0, 7}},
              {.op = Opcode::input, .args = {}, .a = 1, .range = {0, 7}},
              {.op = Opcode::sum, .args = {{0}, {1, 1, true}}, .range = {-14, 7}, .layer = 0},
              {.op = Opcode::table, .args = {{0}}, .a = 0, .range = {0, 7}, .layer = 0}};
  p.outputs = {{2, {5, 0, true}}};
  return p;
}

struct Case {
  const char* says;
  std::function<void(Program&)> damage;
};

TEST(CheckProgram, AcceptsAGoodOne) { EXPECT_NO_THROW(check_program(good(), "here")); }

TEST(CheckProgram, EveryRuleHasItsMessage) {
  const auto value = [](Program& p) -> Value& { return p.values[2]; };
  const std::vector<Case> cases = {
      {"bad interval", [](Program& p) { p.interval = 0; }},
      {"bad interval", [](Program& p) { p.interval = 65537; }},
      {"bad interval", [](Program& p) { p.result_clock = -1; }},
      {"bad interval", [](Program& p) { p.result_clock = 65537; }},
      {"an output names no value", [](Program& p) { p.outputs[0].value = 4; }},
      {"an output names no value", [](Program& p) { p.outputs[0].value = -1; }},
      {"an output does not fit its format", [](Program& p) { p.outputs[0].format.bits = 4; }},
      {"an output does not fit its format",
       [](Program& p) {
         p.outputs[0].format = {6, 0, false};
       }},
      {"wrong number of arguments", [&](Program& p) { value(p).args.clear(); }},
      {"wrong number of arguments",
       [&](Program& p) {
         value(p).args = {{0}, {0}, {0}, {0}};
       }},
      {"an argument is not an earlier value", [&](Program& p) { value(p).args[0].value = 2; }},
      {"an argument is not an earlier value", [&](Program& p) { value(p).args[0].value = -1; }},
      {"only sums shift and subtract", [](Program& p) { p.values[3].args[0].shift = 1; }},
      {"only sums shift and subtract", [](Program& p) { p.values[3].args[0].negative = true; }},
      {"a shift is out of range", [&](Program& p) { value(p).args[0].shift = 63; }},
      {"a shift is out of range", [&](Program& p) { value(p).args[0].shift = -1; }},
      {"it belongs to no layer", [&](Program& p) { value(p).layer = 1; }},
      {"it belongs to no layer", [&](Program& p) { value(p).layer = -2; }},
      {"its range is empty",
       [&](Program& p) {
         value(p).range = {1, 0};
       }},
      {"its range is wider",
       [&](Program& p) {
         value(p).range = {-15, 7};
       }},
      {"its range is wider",
       [&](Program& p) {
         value(p).range = {-14, 8};
       }},
      {"there is no such input", [](Program& p) { p.values[1].a = 2; }},
      {"there is no such input", [](Program& p) { p.values[1].a = -1; }},
      {"bad bit count",
       [](Program& p) {
         p.values[3] = {.op = Opcode::even, .args = {{0}}, .a = 0, .range = {0, 7}};
       }},
      {"bad bit count",
       [](Program& p) {
         p.values[3] = {.op = Opcode::floor, .args = {{0}}, .a = 63, .range = {0, 0}};
       }},
      {"bad bit count",
       [](Program& p) {
         p.values[3] = {.op = Opcode::floor, .args = {{0}}, .a = -1, .range = {0, 0}};
       }},
      {"its limits are crossed",
       [](Program& p) {
         p.values[3] = {.op = Opcode::clamp, .args = {{0}}, .a = 2, .b = 1, .range = {1, 1}};
       }},
      {"bad format",
       [](Program& p) {
         p.values[3] = {.op = Opcode::wrap, .args = {{0}}, .a = 0, .range = {0, 0}};
       }},
      {"bad format",
       [](Program& p) {
         p.values[3] = {.op = Opcode::wrap, .args = {{0}}, .a = 64, .range = {0, 0}};
       }},
      {"bad format",
       [](Program& p) { p.values[3] = {.op = Opcode::wrap, .args = {{0}}, .a = 3, .b = 2, .range = {}}; }},
      {"there is no such table", [](Program& p) { p.values[3].a = 1; }},
      {"there is no such table", [](Program& p) { p.values[3].a = -1; }},
      {"its argument can leave the table", [](Program& p) { p.values[3].b = 1; }},
      {"its argument can leave the table", [](Program& p) { p.values[3].b = -1; }},
      {"its argument can leave the table", [](Program& p) { p.tables[0].pop_back(); }},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Program p = good();
    cases[i].damage(p);
    try {
      check_program(p, "here");
      ADD_FAILURE() << "case " << i << " was accepted: " << cases[i].says;
    } catch (const Error& e) {
      EXPECT_EQ(std::string(e.what()).rfind("here: ", 0), 0u) << e.what();
      EXPECT_NE(std::string(e.what()).find(cases[i].says), std::string::npos) << i << ": " << e.what();
    }
  }
}

/// What is just inside.
TEST(CheckProgram, AcceptsTheLimitsThemselves) {
  Program p = good();
  p.interval = p.result_clock = 65536;
  p.outputs.push_back({3, {3, 0, false}});
  p.values.push_back({.op = Opcode::floor, .args = {{0}}, .a = 62, .range = {0, 0}});
  p.values.push_back({.op = Opcode::even, .args = {{0}}, .a = 1, .range = {0, 2}});
  p.values.push_back({.op = Opcode::wrap, .args = {{0}}, .a = 63, .b = 1, .range = {0, 7}});
  p.values.push_back({.op = Opcode::clamp, .args = {{0}}, .a = 2, .b = 2, .range = {2, 2}});
  EXPECT_NO_THROW(check_program(p, "here"));
}

}  // namespace
}  // namespace lutra
