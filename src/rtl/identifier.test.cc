#include "rtl/identifier.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cctype>

#include "base/nasty_names.test.h"

namespace lutra {
namespace {

TEST(Identifier, IsLegalInEveryLanguageWritten) {
  EXPECT_EQ(identifier("student"), "student");
  EXPECT_EQ(identifier("4-bit student"), "net_4_bit_student");
  EXPECT_EQ(identifier("small"), "net_small");    // SystemVerilog
  EXPECT_EQ(identifier("Signal"), "net_Signal");  // VHDL, in any case
  EXPECT_EQ(identifier("namespace"), "net_namespace");
  EXPECT_EQ(identifier("exp"), "net_exp");                // C's library
  EXPECT_EQ(identifier("lutra_add3"), "net_lutra_add3");  // a module of ours
  EXPECT_EQ(identifier("clk"), "net_clk");                // a port of ours
  EXPECT_EQ(identifier("_a__b_"), "a_b");                 // VHDL allows no underscores there
  EXPECT_EQ(identifier("ünï"), "n");
  EXPECT_EQ(identifier(""), "net");
  EXPECT_EQ(identifier("--"), "net");
  EXPECT_EQ(identifier_part("4--5"), "4_5");
}

void expect_identifier(const std::string& text) {
  const std::string word = identifier(text);
  EXPECT_TRUE(std::isalpha(static_cast<unsigned char>(word[0])) != 0 && word.back() != '_') << word;
  EXPECT_EQ(word.find("__"), std::string::npos) << word;
  for (const char c : word) EXPECT_TRUE(std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') << word;
  EXPECT_TRUE(is_identifier(word)) << word;
  EXPECT_EQ(script_word(word), word);
}

RC_GTEST_PROP(Identifier, any_bytes_become_one, (const std::string& text)) { expect_identifier(text); }

TEST(Identifier, NastyNamesBecomeOne) {
  for (const std::string& name : nasty_names()) expect_identifier(name);
}

TEST(IdentifierDeathTest, AScriptTakesNoOtherWords) {
  for (const char* word : {"a b", "a;b", "[a]", "$a", "a\n", "-a", "", "a/b", "\"a\""})
    EXPECT_DEATH(script_word(word), "needs no quotes") << word;
}

}  // namespace
}  // namespace lutra
