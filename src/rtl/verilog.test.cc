#include "rtl/verilog.h"

#include <gtest/gtest.h>

#include "rtl/text_template.h"

namespace lutra::verilog {
namespace {

TEST(Expr, TextsAndWidths) {
  const Expr x = name("x", 8), y = name("y", 8), bit = name("b", 1);
  struct Case {
    Expr made;
    const char* text;
    int width;
  };
  for (const Case& c : {
           Case{x, "x", 8},
           Case{literal(5, 3), "3'd5", 3},
           Case{literal(~std::uint64_t{0}, 64), "64'd18446744073709551615", 64},
           Case{slice(x, 7, 0), "x", 8},
           Case{slice(x, 4, 2), "x[4:2]", 3},
           Case{slice(x, 4, 4), "x[4]", 1},
           Case{slice(slice(x, 6, 2), 3, 1), "x[5:3]", 3},
           Case{slice(literal(0b110101, 6), 4, 2), "3'd5", 3},
           Case{slice(bit, 0, 0), "b", 1},
           Case{concat({x, bit}), "{x, b}", 9},
           Case{concat({x}), "x", 8},
           Case{repeat(bit, 3), "{3{b}}", 3},
           Case{repeat(x, 1), "x", 8},
           Case{invert(x), "~x", 8},
           Case{invert(add(x, y)), "~(x + y)", 8},
           Case{any(x), "|x", 1},
           Case{any(bit), "b", 1},
           Case{both(add(x, y), x), "(x + y) & x", 8},
           Case{either(x, invert(y)), "x | ~y", 8},
           Case{less(x, y), "x < y", 1},
           Case{choose(less(x, y), x, add(x, y)), "(x < y) ? x : (x + y)", 8},
       }) {
    EXPECT_EQ(c.made.text, c.text);
    EXPECT_EQ(c.made.width, c.width) << c.text;
  }
}

TEST(ExprDeathTest, WidthsMustFit) {
  const Expr x = name("x", 8), narrow = name("n", 7), bit = name("b", 1);
  EXPECT_DEATH(add(x, narrow), "operands have one width");
  EXPECT_DEATH(less(narrow, x), "operands have one width");
  EXPECT_DEATH(choose(x, x, x), "a choice is between equal widths");
  EXPECT_DEATH(choose(bit, x, narrow), "a choice is between equal widths");
  EXPECT_DEATH(literal(8, 3), "a literal fits its width");
  EXPECT_DEATH(literal(0, 0), "a literal fits its width");
  EXPECT_DEATH(slice(x, 8, 0), "a slice lies inside its name");
  EXPECT_DEATH(slice(x, 2, 3), "a slice lies inside its name");
  EXPECT_DEATH(slice(add(x, x), 3, 0), "only names and literals are sliced");
}

TEST(Print, AWholeModule) {
  Module m;
  m.name = "example";
  m.comment = "An example.";
  m.ports = {{false, "clk", 1}, {false, "rst", 1}, {false, "x", 2}, {true, "y", 3}};
  m.nets = {{"carry", 1}};
  m.wires = {{"both", both(slice(name("x", 2), 0, 0), slice(name("x", 2), 1, 1)), "of both bits"}};
  m.lookups = {{"partial", 3, name("x", 2), {{1, 5}}}, {"complete", 1, name("both", 1), {{0, 1}, {1, 0}}}};
  m.registers = {{"kept", name("partial", 3), false}, {"valid", name("both", 1), true}};
  m.instances = {{"cell", " #(.N(2))", "cell_1", {{"a", "x"}, {"o", "carry"}}}};
  m.assigns = {{"y", name("kept", 3)}};
  const std::string text = print(m);
  EXPECT_EQ(text.rfind("// An example.\n", 0), 0u);
  for (const char* part : {
           "module example (\n    input  logic clk,\n    input  logic rst,\n    input  logic [1:0] x,\n"
           "    output logic [2:0] y\n);\n",
           "  logic carry;\n",
           "  logic both;\n",
           "  assign both = x[0] & x[1];  // of both bits\n",
           "    case (x)\n      2'd1: partial = 3'd5;\n      default: partial = 3'd0;\n    endcase\n",
           "    case (both)\n      1'd0: complete = 1'd1;\n      default: complete = 1'd0;\n    endcase\n",
           "  always_ff @(posedge clk) begin\n    kept <= partial;\n    valid <= rst ? 1'd0 : both;\n  end\n",
           "  cell #(.N(2)) cell_1 (.a(x), .o(carry));\n",
           "  assign y = kept;\nendmodule\n",
       })
    EXPECT_NE(text.find(part), std::string::npos) << part << "in\n" << text;
  m.registers.clear();
  EXPECT_EQ(print(m).find("always_ff"), std::string::npos);
}

TEST(RangeOf, OneBitHasNone) {
  EXPECT_EQ(range_of(1), "");
  EXPECT_EQ(range_of(2), "[1:0] ");
}

TEST(FillTemplate, TheLongestNameIsMeant) {
  const std::vector<std::pair<std::string, std::string>> values = {{"A", "1"}, {"AB", "2"}, {"C", ""}};
  EXPECT_EQ(lutra::fill_template("@A @AB @ABC @C@A x@D @", values), "1 2 2C 1 x@D @");
  EXPECT_EQ(lutra::fill_template("", values), "");
  EXPECT_EQ(lutra::fill_template("@A", {{"A", "@AB"}}), "@AB");  // values are not filled again
}

}  // namespace
}  // namespace lutra::verilog
