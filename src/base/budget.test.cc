#include "base/budget.h"

#include <gtest/gtest.h>

#include "base/config.h"
#include "base/error.h"

namespace lutra {
namespace {

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Budget, IsSpentToTheLastAndNoFurther) {
  Budget nodes("nodes", 3);
  nodes.spend(2);
  nodes.spend(1);
  EXPECT_THROW(nodes.spend(1), Error);
}

TEST(Budget, ProductsDoNotOverflow) {
  constexpr std::uint64_t huge = std::uint64_t{1} << 33;
  EXPECT_EQ(product_within(std::vector<std::uint64_t>{3, 5}, 15, "cells"), 15u);
  EXPECT_EQ(product_within(std::vector<std::uint64_t>{huge, huge, 0}, 15, "cells"), 0u);
  EXPECT_THROW(product_within(std::vector<std::uint64_t>{3, 6}, 15, "cells"), Error);
  EXPECT_THROW(product_within(std::vector<std::uint64_t>{huge, huge}, ~std::uint64_t{0}, "cells"), Error);
}

TEST(Budget, UnpackedBytesGrowWithLargeFilesOnly) {
  EXPECT_EQ(unpacked_limit(1), 500'000'000u);
  EXPECT_EQ(unpacked_limit(64'000'000), 500'000'000u);
  EXPECT_EQ(unpacked_limit(64'000'001), 500'000'256u);
}

TEST(Budget, DeepJsonIsAnError) {
  EXPECT_NO_THROW(parse_json(repeated("[", 200) + repeated("]", 200), "x"));
  for (const char* open : {"[", "{\"a\":", "[{\"\":"}) EXPECT_THROW(parse_json(repeated(open, 100'000), "x"), Error);
  EXPECT_NO_THROW(parse_json('"' + repeated("[", 1000) + "\\\"[\"", "x"));
}

/// 60 MB each: their values would take more than 512 MiB.
TEST(Budget, JsonThatGrowsInMemoryIsAnError) {
  for (const char* item : {"[],", "\"\",", "{},", "{\"\":1},", "[[1]],"})
    EXPECT_THROW(check_json_budget('[' + repeated(item, 60'000'000 / std::string(item).size())), Error) << item;
  EXPECT_NO_THROW(check_json_budget('[' + repeated("-123,", 10'000'000)));
}

/// Keys are kept in order, so that finding one takes as long as there are keys.
TEST(Budget, ObjectsWithManyKeysAreAnError) {
  std::string text = "{";
  for (int i = 0; i < 30'000; ++i) text += '"' + std::to_string(i) + "\":0,";
  EXPECT_THROW(check_json_budget(text), Error);
  EXPECT_NO_THROW(check_json_budget(text.substr(0, text.size() / 3)));
}

TEST(Budget, DeepTomlIsAnError) {
  const auto read = [](const std::string& text) { read_toml_text(text, "x.toml", [](Fields&) {}); };
  const std::string key = repeated("a.", 100'000) + "a";
  for (const std::string& text :
       {key + " = 1", "[" + key + "]", "[[" + key + "]]", "x = {s = \"\"\"a\"\"\"\", " + key + " = 1}",
        "'=' . " + key + " = 1", "x = \"\\\"#\" # \"\n" + key + " = 1", "x = " + repeated("[", 100'000),
        "x = " + repeated("[", 100) + repeated("]", 100), repeated("x = {", 100'000), "x = [" + repeated("1,", 300'000),
        "[" + std::string(500'000, 'a') + "]\n" + repeated("b = 1\n", 10)})
    EXPECT_THROW(read(text), Error) << text.substr(0, 60);
}

TEST(Budget, OrdinaryTomlIsWithin) {
  std::string text;
  std::vector<double> numbers;
  read_toml_text("text = '.................'\nnumbers = [" + repeated("1.5, ", 50'000) + "]  # ....................\n",
                 "x.toml", [&](Fields& f) {
                   f.text("text", text, "");
                   f.numbers("numbers", numbers, {}, "");
                 });
  EXPECT_EQ(numbers.size(), 50'000u);
}

TEST(Json, BytesThatAreNoUtf8AreReplaced) {
  EXPECT_EQ(json_text(Json("b\xff")), "\"b\xef\xbf\xbd\"");
  EXPECT_EQ(utf8_text("b\xff"), "b\xef\xbf\xbd");
  EXPECT_EQ(utf8_text("\xc2\xb5m"), "\xc2\xb5m");
}

/// The library's own texts, such as "[json.exception.parse_error.101]", are not for people.
TEST(Json, ErrorsSayWhereAndNothingOfTheLibrary) {
  for (const std::string text : {"{\n \"a\": 1,\n}", "", "[1e999]", "\"\xff\"", "[1] 2"}) try {
      parse_json(text, "x.json");
      ADD_FAILURE() << text;
    } catch (const Error& e) {
      EXPECT_EQ(std::string(e.what()).find("exception"), std::string::npos) << e.what();
    }
  try {
    parse_json("{\n \"a\": 1,\n}", "x.json");
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("line 3, column 1"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace lutra
