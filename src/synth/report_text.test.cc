#include "synth/report_text.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(ReportText, TableRowsAreCutAtBars) {
  EXPECT_EQ(table_cells("|   LUT as Logic | 12 |  |\r", '|'), (std::vector<std::string>{"LUT as Logic", "12", ""}));
  EXPECT_TRUE(table_cells("+------+-----+", '|').empty());
  EXPECT_TRUE(table_cells("| Device : xcvu13p", '|').empty());
  EXPECT_TRUE(table_cells("", '|').empty());
}

TEST(ReportText, NumbersMayHaveCommasAndRemarks) {
  EXPECT_EQ(leading_number("1,234 / 427,200 ( < 1 % )"), 1234);
  EXPECT_EQ(leading_number(" 5.5"), 5.5);
  EXPECT_EQ(leading_number("-0.12"), -0.12);
  for (const char* text : {"NA", "", "<0.01", "-", "1-2"}) EXPECT_FALSE(leading_number(text)) << text;
}

}  // namespace
}  // namespace lutra
