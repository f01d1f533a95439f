#include "report/html.h"

#include <gtest/gtest.h>

#include <limits>

namespace lutra {
namespace {

TEST(EscapeScriptJson, CannotEndTheScriptAndReadsBack) {
  const Json hostile = {{"name", "</script><!-- \xE2\x80\xA8"}, {"n", 3}};
  const std::string text = escape_script_json(hostile);
  EXPECT_EQ(text.find('<'), std::string::npos);
  EXPECT_EQ(Json::parse(text), hostile);
}

TEST(EscapeScriptJson, BrokenUtf8IsReplaced) {
  EXPECT_NO_THROW(Json::parse(escape_script_json(Json{{"name", "\xFF\xFE"}})));
}

TEST(CountText, EstimatesHaveThreeDigits) {
  EXPECT_EQ(count_text(17220, false), "17,220");
  EXPECT_EQ(count_text(17220, true), "17,200");
  EXPECT_EQ(count_text(289, true), "289");
  EXPECT_EQ(count_text(62.3, true), "62");
  EXPECT_EQ(count_text(397877647, true), "398 million");
  EXPECT_EQ(count_text(1357257766, true), "1.36 billion");
}

TEST(NumberText, SignificantDigitsAndGroups) {
  EXPECT_EQ(number_text(0.12345), "0.123");
  EXPECT_EQ(number_text(0.0123456), "0.0123");
  EXPECT_EQ(number_text(12.345), "12.3");
  EXPECT_EQ(number_text(1728000), "1,728,000");
  EXPECT_EQ(number_text(1234.6), "1,235");
  EXPECT_EQ(number_text(-4321), "-4,321");
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(123), "123");
  EXPECT_EQ(number_text(1.5e-7), "1.5e-07");
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "n/a");
}

TEST(PercentText, RoundsToTheDecimalsAskedFor) {
  EXPECT_EQ(percent_text(0.9534), "95.3 %");
  EXPECT_EQ(percent_text(0.00123, 2), "0.12 %");
  EXPECT_EQ(percent_text(std::numeric_limits<double>::infinity()), "n/a");
}

}  // namespace
}  // namespace lutra
