#include "import/array_layout.h"

#include <cstdlib>

#include "import/import_fixture.test.h"
#include "import/table.h"

namespace lutra {
namespace {

class ArrayLayouts : public ImportTest {
 protected:
  std::string error(const std::string& bytes) const {
    return message_of([&] { numbers(bytes); }, folder);
  }
  /// All numbers of the only array, row after row.
  std::vector<double> numbers(const std::string& bytes) const {
    const auto file = open_table(write("x.npy", bytes));
    const auto rows = file->open({{0, nullptr}});
    std::vector<double> values;
    while (rows->next(2, values)) {
    }
    return values;
  }
};

TEST_F(ArrayLayouts, NumpyHeaderInAnyOrderAndQuotes) {
  const std::string header = "{\"shape\":(2,), 'fortran_order' : False,'descr':\"<i2\"}\n";
  const std::string bytes = std::string("\x93NUMPY\x02\x00", 8) +
                            std::string({static_cast<char>(header.size()), 0, 0, 0}) + header +
                            bytes_of<std::int16_t>({7, -8});
  EXPECT_EQ(numbers(bytes), (std::vector<double>{7, -8}));
}

TEST_F(ArrayLayouts, FortranOrderGivesTheSameRows) {
  EXPECT_EQ(numbers(npy("<i2", "(2, 3)", bytes_of<std::int16_t>({1, 4, 2, 5, 3, 6}), true)),
            (std::vector<double>{1, 2, 3, 4, 5, 6}));
  // shape (2, 2, 2), element [r, i, j] = 4 r + 2 i + j
  EXPECT_EQ(numbers(npy("<i2", "(2, 2, 2)", bytes_of<std::int16_t>({0, 4, 2, 6, 1, 5, 3, 7}), true)),
            (std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST_F(ArrayLayouts, MalformedHeadersAreErrors) {
  EXPECT_NE(error(npy("<f4", "(3", "")).find("malformed NumPy header"), std::string::npos);
  EXPECT_NE(error(npy("<f4", "(-3,)", "")).find("malformed NumPy header"), std::string::npos);
  EXPECT_NE(error(npy("<f4", "(99999999999999999999,)", "")).find("malformed NumPy header"), std::string::npos);
  EXPECT_NE(error(npy("<f4", "3", "")).find("malformed NumPy header"), std::string::npos);
  EXPECT_NE(error(npy("<f4", "(3, 'x')", "")).find("malformed NumPy header"), std::string::npos);
  EXPECT_NE(error(npy("<f4", "(3,), 'shape': (3,)", "")).find("unknown or there twice"), std::string::npos);
  EXPECT_NE(error(npy("<f4", "(3,), 'evil': 1", "")).find("unknown or there twice"), std::string::npos);
}

TEST_F(ArrayLayouts, TypesThatAreNotNumbersAreErrors) {
  for (const char* type : {"<U4", "|S3", "|O", "<c8", "<M8[ns]", "<f16", "|V4", "", "<", "i", "<i3"})
    EXPECT_NE(error(npy(type, "(1,)", std::string(64, 'x'))).find("not a plain number"), std::string::npos) << type;
  EXPECT_NE(error(npy("X', 'descr': '<f4", "(1,)", "")), "");
  std::string structured = npy("?", "(1,)", "1");
  structured.replace(structured.find("'?'"), 3, "[1]");
  EXPECT_NE(error(structured).find("structured array"), std::string::npos);
}

TEST_F(ArrayLayouts, AbsurdShapesAreErrors) {
  EXPECT_EQ(error(npy("<f4", "()", "1234")),
            "x.npy has an impossible shape [] (it is a single number). Events must run along the first dimension.");
  EXPECT_EQ(error(npy("<f4", "(0, 4)", "")), "x.npy is empty (0 rows). Write the file again.");
  EXPECT_NE(error(npy("<f4", "(1, 0)", "")).find("a dimension is 0"), std::string::npos);
  EXPECT_NE(error(npy("<f4", "(18446744073709551615, 2)", "")).find("more than 2^32 rows"), std::string::npos);
  EXPECT_NE(error(npy("<f4", "(1, 4294967296, 4294967296)", "")).find("more than 2^22 numbers"), std::string::npos);
  EXPECT_NE(error(npy("<f4", "(1, 1, 1, 1, 1, 1, 1, 1, 1)", "")).find("more than 8 dimensions"), std::string::npos);
}

TEST_F(ArrayLayouts, AHugeClaimDoesNotTakeHugeMemory) {
  for (const bool fortran : {false, true})
    EXPECT_NE(error(npy("<f8", "(1000000, 500)", "few", fortran)).find("x.npy is truncated"), std::string::npos);
  EXPECT_NE(error(npy("<f8", "(4294967296, 1048576)", "few", true)).find("x.npy is truncated"), std::string::npos);
}

TEST_F(ArrayLayouts, AHugeHeaderIsAnError) {
  EXPECT_NE(error(std::string("\x93NUMPY\x02\x00\xff\xff\xff\x7f{", 13)).find("2147483647 bytes long"),
            std::string::npos);
  EXPECT_NE(error(std::string("\x93NUMPY\x09\x00\xff\xff", 10)).find("format version 9"), std::string::npos);
}

TEST_F(ArrayLayouts, EveryTruncationIsAnError) {
  const std::string whole = npy("<f4", "(2, 2)", bytes_of<float>({1, 2, 3, 4}));
  EXPECT_EQ(numbers(whole).size(), 4u);
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(error(whole.substr(0, size)), "") << size;
  EXPECT_EQ(error(whole.substr(0, whole.size() - 5)),
            "x.npy is truncated (its shape is [2, 2] but row 1 is incomplete). Copy or write the file again.");
  EXPECT_NE(error(whole + "x").find("longer than its shape [2, 2] says"), std::string::npos);
}

TEST_F(ArrayLayouts, IdxHoldsBigEndianNumbers) {
  using namespace std::string_literals;
  EXPECT_EQ(numbers("\0\0\x08\x02\0\0\0\x02\0\0\0\x03\1\2\3\4\5\xff"s), (std::vector<double>{1, 2, 3, 4, 5, 255}));
  EXPECT_EQ(numbers("\0\0\x0b\x01\0\0\0\x02\x01\x00\xff\xfe"s), (std::vector<double>{256, -2}));
  const std::string whole = "\0\0\x08\x02\0\0\0\x02\0\0\0\x03\1\2\3\4\5\6"s;
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(error(whole.substr(0, size)), "") << size;
  EXPECT_NE(error("\0\0\x0a\x01\0\0\0\1\1"s).find("not an idx file"), std::string::npos);
  EXPECT_NE(error("\0\0\x08\x01\0\0\0\0"s).find("is empty"), std::string::npos);
  EXPECT_NE(error(whole + "x").find("longer than its shape"), std::string::npos);
}

/// Columns are read in tiles of at least 128 bytes.
TEST_F(ArrayLayouts, FortranOrderOfManyRowsGivesTheSameRows) {
  constexpr std::size_t rows = 300, cols = 3;
  std::vector<std::int16_t> columns;
  std::vector<double> expected;
  for (std::size_t i = 0; i < rows * cols; ++i) {
    columns.push_back(static_cast<std::int16_t>(i % rows * cols + i / rows));
    expected.push_back(static_cast<double>(i));
  }
  EXPECT_EQ(numbers(npy("<i2", "(300, 3)", bytes_of(columns), true)), expected);
}

TEST_F(ArrayLayouts, WideRowsInFortranOrderAreErrors) {
  EXPECT_NE(error(npy("|u1", "(1, 1048577)", std::string(1'048'577, 'x'), true)).find("too wide"), std::string::npos);
  EXPECT_EQ(numbers(npy("|u1", "(1, 1048577)", std::string(1'048'577, 'x'))).size(), 1'048'577u);
}

}  // namespace
}  // namespace lutra
