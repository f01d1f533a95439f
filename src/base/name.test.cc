#include "base/name.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/comment.h"
#include "base/error.h"
#include "base/nasty_names.test.h"

namespace lutra {
namespace {

bool is_allowed(const std::string& text) {
  try {
    check_name(text, "file", "the layer");
  } catch (const Error&) {
    return false;
  }
  return true;
}

TEST(Name, TheRuleAllowsWhatNetworksAreCalled) {
  for (const char* name : {"student", "4-bit student", "/conv1/Conv", "model.layers.3:0", "_x", "t(W+)", "a=b"}) {
    EXPECT_TRUE(is_allowed(name)) << name;
    EXPECT_EQ(made_name(name), name);
  }
  EXPECT_TRUE(is_allowed(std::string(64, 'x')));
  for (const std::string& name : {std::string(65, 'x'), std::string(""), std::string(" a"), std::string("a "),
                                  std::string("-a"), std::string("a\n"), std::string("a\\"), std::string("a*/"),
                                  std::string("a?"), std::string("\"a\""), std::string("a;b"), std::string("µ")})
    EXPECT_FALSE(is_allowed(name)) << name;
}

TEST(Name, TheMessageNamesFilePlaceAndRuleInOneLine) {
  try {
    check_name("a\n\x1b[31m", "network.json", "layer 3");
    FAIL();
  } catch (const Error& e) {
    const std::string text = e.what();
    EXPECT_TRUE(text.starts_with("network.json: layer 3 cannot be called \"a??[31m\" (a name has 1 to 64 ")) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos);
  }
}

RC_GTEST_PROP(Name, any_bytes_become_a_name_and_a_name_stays, (const std::string& text)) {
  const std::string name = made_name(text);
  RC_ASSERT(is_allowed(name));
  RC_ASSERT(made_name(name) == name);
  RC_ASSERT(!is_allowed(text) || name == text);
}

void expect_harmless(const std::string& text) {
  const std::string safe = comment_text(text);
  EXPECT_EQ(safe.size(), text.size());
  for (const char c : safe) EXPECT_TRUE(c >= ' ' && c <= '~');
  for (const char* code : {"\\", "*", "?", "`", "$", "[", "]", "{", "}", "@"})
    EXPECT_EQ(safe.find(code), std::string::npos) << safe;
}

RC_GTEST_PROP(Comment, any_bytes_are_one_harmless_line, (const std::string& text)) { expect_harmless(text); }

TEST(Comment, NastyNamesAreHarmlessAndOursStay) {
  for (const std::string& name : nasty_names()) expect_harmless(name);
  EXPECT_EQ(comment_text("Layer 1 \"conv\" of 'x', -3 .. 7; a/b (c)"), "Layer 1 \"conv\" of 'x', -3 .. 7; a/b (c)");
}

TEST(TerminalText, HasNoCommandsButLines) { EXPECT_EQ(terminal_text("\x1b[2Ja\tb\r\nµ\x7f"), " [2Ja b \nµ "); }

TEST(Error, HasNoControlCharacters) {
  EXPECT_STREQ(Error("bad \x1b[2J name", "line\nbreak", "").what(), "bad  [2J name (line break).");
}

}  // namespace
}  // namespace lutra
