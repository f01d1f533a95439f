#include "base/xml.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace lutra {
namespace {

TEST(Xml, MarkupBecomesText) {
  EXPECT_EQ(xml_text("a<b & \"c\">'"), "a&lt;b &amp; &quot;c&quot;&gt;&#39;");
  EXPECT_EQ(xml_text("η ≥ 4"), "η ≥ 4");
}

RC_GTEST_PROP(Xml, LeavesNoMarkup, (const std::string& text)) {
  RC_ASSERT(xml_text(text).find_first_of("<>\"'") == std::string::npos);
}

}  // namespace
}  // namespace lutra
