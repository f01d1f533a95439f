#include "report/fields.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "report/cells.h"

namespace lutra {
namespace {

const Json object = {{"plateau", 0.9534},      {"plateau_interval", {0.948, 0.957}},
                     {"width", 0.2104},        {"width_interval", {nullptr, nullptr}},
                     {"nothing", nullptr},     {"text", "ten"},
                     {"list", {1, nullptr, 3}}};

TEST(Fields, NumbersNullsAndAbsentKeys) {
  EXPECT_EQ(maybe_number(object, "plateau", "f"), 0.9534);
  EXPECT_EQ(maybe_number(object, "nothing", "f"), std::nullopt);
  EXPECT_EQ(maybe_number(object, "absent", "f"), std::nullopt);
  EXPECT_EQ(maybe_numbers(object, "list", "f"), (std::vector<std::optional<double>>{1, std::nullopt, 3}));
  EXPECT_TRUE(maybe_numbers(object, "absent", "f").empty());
  EXPECT_EQ(or_null(std::nullopt), Json(nullptr));
}

TEST(Fields, WrongTypesAreErrorsThatNameTheKey) {
  try {
    maybe_number(object, "text", "metrics.json");
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("metrics.json: \"text\""), std::string::npos) << e.what();
  }
  EXPECT_THROW(maybe_numbers(object, "plateau", "f"), Error);
  EXPECT_THROW(maybe_bounds(object, "list", "f"), Error);
}

TEST(Cells, FractionsShowTheirInterval) {
  const Cell cell = fraction_cell(object, "plateau", "f");
  EXPECT_EQ(cell.text, "95.3 %");
  EXPECT_EQ(cell.range, "94.8 - 95.7");
  EXPECT_EQ(cell.value, 0.9534);
  EXPECT_EQ(cell.lo, 0.948);
  EXPECT_EQ(cell.hi, 0.957);
}

TEST(Cells, SmallFractionsHaveOneMoreDigit) {
  EXPECT_EQ(percent_cell(0.0028, 2).text, "0.28 %");
  EXPECT_EQ(percent_cell(0.00014, 2).text, "0.014 %");
  EXPECT_EQ(percent_cell(0.0, 2).text, "0.00 %");
}

TEST(Cells, ErrorsDecideTheDecimals) {
  EXPECT_EQ(plus_minus_text(91.123, 0.84, 4), "91.12 ± 0.84");
  EXPECT_EQ(plus_minus_text(91.123, 0.84, 1), "91.1 ± 0.8");
  EXPECT_EQ(plus_minus_text(24.2, 13.1, 2), "24 ± 13");
  EXPECT_EQ(plus_minus_cell(object, "plateau", "f", {0.01, 1}).text, "95.3 ± 0.5");
}

TEST(Cells, WithoutIntervalOrValue) {
  EXPECT_EQ(estimate_cell(object, "width", "f").text, "0.210");
  EXPECT_EQ(estimate_cell(object, "width", "f").lo, std::nullopt);
  EXPECT_EQ(fraction_cell(object, "absent", "f").text, "-");
  EXPECT_EQ(number_cell(std::nullopt).value, std::nullopt);
  EXPECT_EQ(percent_cell(0.5).text, "50.0 %");
}

}  // namespace
}  // namespace lutra
