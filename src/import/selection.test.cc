#include "import/selection.h"

#include "import/import_fixture.test.h"

namespace lutra {
namespace {

const std::vector<std::string> names{"x", "p0", "p1", "p2", "q+", "y[1]", "x_test"};

Selection resolved(const std::string& selector) { return resolve(selector, names, "inputs"); }
std::string error(const std::string& selector) {
  return message_of([&] { resolved(selector); });
}

TEST(Selections, NamesRangesPrefixesAndElements) {
  EXPECT_EQ(resolved("x"), (Selection{{{"x"}}}));
  EXPECT_EQ(resolved(" p2 , x"), (Selection{{{"p2"}, {"x"}}}));
  EXPECT_EQ(resolved("p0..p2"), (Selection{{{"p0"}, {"p1"}, {"p2"}}}));
  EXPECT_EQ(resolved("p*,x[3]"), (Selection{{{"p0"}, {"p1"}, {"p2"}, {"x", 3, 1}}}));
  EXPECT_EQ(resolved("x[0..4]"), (Selection{{{"x", 0, 5}}}));
  EXPECT_EQ(resolved("x+x_test"), (Selection{{{"x"}}, {{"x_test"}}}));
}

TEST(Selections, ExactNamesWinOverTheirCharacters) {
  EXPECT_EQ(resolved("q+"), (Selection{{{"q+"}}}));
  EXPECT_EQ(resolved("y[1]"), (Selection{{{"y[1]"}}}));
  EXPECT_EQ(resolved("y[1],x"), (Selection{{{"y[1]"}, {"x"}}}));
}

TEST(Selections, MistakesAreNamed) {
  EXPECT_EQ(error("z"),
            "import: inputs names \"z\", which is not in the data. There are: x, p0, p1, p2, q+, y[1], x_test.");
  EXPECT_NE(error("z*").find("\"z*\""), std::string::npos);
  EXPECT_NE(error("p0..p9").find("\"p9\""), std::string::npos);
  EXPECT_EQ(error("p2..p0"), "import: inputs: \"p0\" comes before \"p2\". Exchange them.");
  EXPECT_NE(error("x,,p0").find("has an empty item"), std::string::npos);
  EXPECT_NE(error("x+").find("has an empty item"), std::string::npos);
  for (const char* bad :
       {"x[]", "x[-1]", "x[a]", "x[1..]", "x[3..1]", "x[99999999999999999999]", "x[5000000]", "[1]", "z[1]"})
    EXPECT_NE(error(bad), "") << bad;
}

}  // namespace
}  // namespace lutra
