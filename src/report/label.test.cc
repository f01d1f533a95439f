#include "report/label.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(LabelOf, WordsAndAbbreviations) {
  EXPECT_EQ(label_of("student"), "Student");
  EXPECT_EQ(label_of("teacher_9x384"), "Teacher 9x384");
  EXPECT_EQ(label_of("lut_by_size"), "LUT by size");
  EXPECT_EQ(label_of("muon_khz"), "Muon [kHz]");
  EXPECT_EQ(label_of(""), "");
}

}  // namespace
}  // namespace lutra
