#include "ir/text.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

const char* const example =
    "program 2 u3.1 small net\n"
    "clocks 4 2\n"
    "layer dense 1\n"
    "table 3 -1 2 0 1 1 1 1\n"
    "%0 = input() 0 in [0, 7] u3.1 layer -1\n"
    "%1 = input() 1 in [0, 7] u3.1 layer -1\n"
    "%2 = sum(%0<<2, -%1) -3 in [-10, 25] s6.1 layer 0\n"
    "%3 = clamp(%2) -2 5 in [-2, 5] s4.1 layer 0\n"
    "%4 = table(%0) 0 0 in [-1, 3] s3.0 layer 0\n"
    "%5 = max(%3, %4) in [-1, 5] s4.1 layer 0\n"
    "output %5 s4.1\n";

TEST(PrintProgram, ReadsLikeTheDocumentation) { EXPECT_EQ(print_program(parse_program(example, "text")), example); }

TEST(ParseProgram, ReadsEveryPart) {
  const Program p = parse_program(example, "text");
  EXPECT_EQ(p.name, "small net");
  EXPECT_EQ(p.inputs, 2);
  EXPECT_EQ(p.interval, 4);
  EXPECT_EQ(p.result_clock, 2);
  EXPECT_EQ(p.layers, std::vector<std::string>{"dense 1"});
  EXPECT_EQ(p.tables[0], (std::vector<std::int64_t>{3, -1, 2, 0, 1, 1, 1, 1}));
  EXPECT_EQ(p.value(2).args, (std::vector<Operand>{{0, 2, false}, {1, 0, true}}));
  EXPECT_EQ(p.value(2).a, -3);
  EXPECT_EQ(p.value(3).b, 5);
  EXPECT_EQ(p.value(4).frac, 0);
  EXPECT_EQ(p.outputs[0].format, (Format{4, 1, true}));
}

struct Case {
  const char* line;  // of the example
  const char* replacement;
  const char* says;
};

TEST(ParseProgram, ErrorsNameTheLine) {
  const Case cases[] = {
      {"clocks 4 2", "clock 4 2", "text line 2: expected \"%\" (found \"clock 4 2\")"},
      {"clocks 4 2", "clocks 4 two", "text line 2: expected an integer"},
      {"clocks 4 2", "clocks 4 2 1", "text line 2: text after the end of the line"},
      {"clocks 4 2", "clocks -2 2", "text line 2: index out of range"},
      {"clocks 4 2", "clocks 1000000001 2", "text line 2: index out of range"},
      {"clocks 4 2", "clocks 0 2", "bad interval"},
      {"%0 = input", "%1 = input", "text line 5: values are numbered from 0 in order"},
      {"= clamp(", "= limit(", "text line 8: unknown op \"limit\""},
      {"(%2) -2 5", "(%2) -2", "text line 8: expected an integer"},
      {"(%2) -2 5", "(2) -2 5", "text line 8: expected \"%\""},
      {"in [-2, 5]", "in [-2 5]", "text line 8: expected \", \""},
      {"in [-2, 5]", "in [-2, 99999999999999999999]", "text line 8: expected an integer"},
      {"s4.1 layer 0\n%4", "x4.1 layer 0\n%4", "text line 8"},
      {"output %5", "output %6", "an output names no value"},
  };
  for (const Case& c : cases) {
    std::string text = example;
    text.replace(text.find(c.line), std::string(c.line).size(), c.replacement);
    try {
      parse_program(text, "text");
      ADD_FAILURE() << "accepted: " << c.replacement;
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find(c.says), std::string::npos) << c.replacement << ": " << e.what();
    }
  }
}

}  // namespace
}  // namespace lutra
