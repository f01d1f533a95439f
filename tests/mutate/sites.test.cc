#include "sites.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "blank.h"

namespace lutra {
namespace {

/// "before -> after" of every site of one line inside a function.
std::vector<std::string> changes(const std::string& line) {
  std::vector<std::string> all;
  for (const Site& site : find_sites("void f() {\n  " + line + "\n}\n"))
    all.push_back(site.before + " -> " + site.after);
  return all;
}

using Changes = std::vector<std::string>;

TEST(FindSites, OperatorsBetweenSpaces) {
  EXPECT_EQ(changes("x = a + b * c;"), (Changes{"+ -> -", "* -> /"}));
  EXPECT_EQ(changes("x = a < b == c;"), (Changes{"< -> <=", "== -> !="}));
  EXPECT_EQ(changes("x = a && b || c;"), (Changes{"&& -> && true ||", "|| -> || false &&"}));
  EXPECT_EQ(changes("x += y;"), (Changes{"+= -> -="}));
  EXPECT_EQ(changes("if (!x && a) ++n;"), (Changes{"! -> ", "&& -> && true ||", "++ -> --"}));
}

TEST(FindSites, ValuesResultsAndCalls) {
  EXPECT_EQ(changes("x = g(3, true);"), (Changes{"3 -> 3 + 1", "true -> false"}));
  EXPECT_EQ(changes("x = g(0.5);"), (Changes{"0.5 -> twice 0.5 (1 for 0)"}));
  EXPECT_EQ(changes("x = g(0x1f, 1e6);"), (Changes{"0x1f -> 0x1f + 1", "1e6 -> twice 1e6 (1 for 0)"}));
  EXPECT_EQ(changes("return a.size();"), (Changes{"return  -> return not, one more, or an empty"}));
  EXPECT_EQ(changes("list.push_back(x);"), (Changes{"list.push_back(x); -> "}));
}

TEST(FindSites, NotWhatIsNoOperatorOrNoValueOfTheProgram) {
  for (const char* line : {
           "std::vector<int> v;",
           "const char* p = &q;",
           "auto&& r = s;",
           "std::array<int, 3> a;",
           "constexpr int n = 3 + 4;",
           "static_assert(3 < 4);",
           "case 3:",
           "g(\"a + 3\");  // b + 4",
           "template <int n = 3>",
           "return value;",
           "return nullptr;",
           "return std::move(x);",
           "return {};",
           "expects(x);",
           "x = R\"(a + (3))\";",
       })
    for (const std::string& change : changes(line)) EXPECT_EQ(change.substr(0, 2), "g(") << line << ": " << change;
  EXPECT_EQ(changes("bool operator==(const T& x) const = 0;"), Changes{});
}

TEST(FindSites, EverySiteSaysWhereItIs) {
  const std::string source = "void f() {\n  x = 1;\n  y = a - b;\n}\n";
  const auto sites = find_sites(source);
  ASSERT_EQ(sites.size(), 2u);
  EXPECT_EQ(line_of(source, sites[0].at), 2u);
  EXPECT_EQ(line_of(source, sites[1].at), 3u);
  EXPECT_EQ(source.substr(sites[1].at, sites[1].length), "-");
  EXPECT_EQ(sites[1].planted, "- lutra::planted::Swap<#, std::plus<>>{} -");
}

TEST(Blanked, KeepsLengthAndLines) {
  const std::string source =
      "#define X 3\nint a = 1'000;  // one\nchar c = '\\'';\nauto s = \"x\\\"y\" + b;\n/* 4\n5 */ int d;\n";
  const std::string blank = blanked(source);
  EXPECT_EQ(blank.size(), source.size());
  EXPECT_EQ(std::count(blank.begin(), blank.end(), '\n'), std::count(source.begin(), source.end(), '\n'));
  for (const char* gone : {"X", "one", "x", "y", "4", "5"}) EXPECT_EQ(blank.find(gone), std::string::npos) << gone;
  for (const char* kept : {"1'000", "int d;", "\" + b"}) EXPECT_NE(blank.find(kept), std::string::npos) << kept;
}

}  // namespace
}  // namespace lutra
