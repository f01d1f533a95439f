#include "rtl/identifier.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(Identifier, IsLegalInEveryLanguageWritten) {
  EXPECT_EQ(identifier("student"), "student");
  EXPECT_EQ(identifier("4-bit student"), "net_4_bit_student");
  EXPECT_EQ(identifier("small"), "net_small");    // SystemVerilog
  EXPECT_EQ(identifier("Signal"), "net_Signal");  // VHDL, in any case
  EXPECT_EQ(identifier("namespace"), "net_namespace");
  EXPECT_EQ(identifier("_a__b_"), "a_b");  // VHDL allows no underscores there
  EXPECT_EQ(identifier("ünï"), "n");
  EXPECT_EQ(identifier(""), "net");
  EXPECT_EQ(identifier("--"), "net");
}

}  // namespace
}  // namespace lutra
