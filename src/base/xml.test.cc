#include "base/xml.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(Xml, MarkupBecomesText) {
  EXPECT_EQ(xml_text("a<b & \"c\">'"), "a&lt;b &amp; &quot;c&quot;&gt;&#39;");
  EXPECT_EQ(xml_text("η ≥ 4"), "η ≥ 4");
}

}  // namespace
}  // namespace lutra
