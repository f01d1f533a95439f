#include "import/csv_table.h"

#include <zlib.h>

#include "import/csv_lines.h"
#include "import/import_fixture.test.h"

namespace lutra {
namespace {

class Csv : public ImportTest {
 protected:
  /// Every column, row after row.
  std::vector<double> numbers(const std::string& text) const {
    const auto file = open_csv(write("t.csv", text), options);
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < file->arrays().size(); ++i) wanted.push_back({i, nullptr});
    const auto rows = file->open(wanted);
    std::vector<double> values;
    while (rows->next(2, values)) {
    }
    return values;
  }
  std::vector<std::string> names(const std::string& text) const {
    std::vector<std::string> list;
    const auto file = open_csv(write("t.csv", text), options);
    for (const ArrayInfo& info : file->arrays()) list.push_back(info.name);
    return list;
  }
  std::string error(const std::string& text) const {
    return message_of([&] { numbers(text); }, folder);
  }

  CsvOptions options;
  using Names = std::vector<std::string>;
  using Values = std::vector<double>;
};

TEST_F(Csv, HeaderIsRecognised) {
  EXPECT_EQ(names("a,b\n1,2\n"), (Names{"a", "b"}));
  EXPECT_EQ(names("1,2\n3,4\n"), (Names{"0", "1"}));
  EXPECT_EQ(names("\xef\xbb\xbf\"a b\",\"say \"\"hi\"\"\"\r\n1,2\r\n"), (Names{"a b", "say \"hi\""}));
  EXPECT_EQ(names("# a,b\n1,2\n"), (Names{"a", "b"}));
  options.header = "yes";
  EXPECT_EQ(names("1,2\n3,4\n"), (Names{"1", "2"}));
  EXPECT_EQ(numbers("1,2\n3,4\n"), (Values{3, 4}));
  options.header = "no";
  EXPECT_EQ(numbers("1,2\n3,4\n"), (Values{1, 2, 3, 4}));
}

TEST_F(Csv, NumbersInEveryForm) {
  EXPECT_EQ(numbers("1, +2 ,-3e2\n.5,\"6\",1e-3"), (Values{1, 2, -300, 0.5, 6, 1e-3}));
  for (const char* bad : {"0x10", "1,5 x", "--1", "+-1", "1e", "TRUE", "1 2", "\"", "1_000"})
    EXPECT_NE(error(std::string("7\n") + bad + "\n"), "") << bad;
}

TEST_F(Csv, EverySeparator) {
  for (const auto& [name, text] :
       {std::pair("semicolon", "1;2\n3;4"), {"tab", "1\t2\n3\t4\n"}, {"space", " 1   2\n3 4 \n"}}) {
    options.separator = name;
    EXPECT_EQ(numbers(text), (Values{1, 2, 3, 4})) << name;
  }
}

TEST_F(Csv, BlankLinesAreFineAtTheEndOnly) {
  EXPECT_EQ(numbers("1,2\n3,4\n\n\n"), (Values{1, 2, 3, 4}));
  EXPECT_EQ(error("1,2\n\n3,4\n"), "t.csv line 2 is blank (more rows follow). Remove the line.");
  EXPECT_EQ(error("\n1,2\n"), "t.csv line 1 is blank. Write the file again.");
}

TEST_F(Csv, RaggedRowsAndQuotesAreErrors) {
  EXPECT_NE(error("1,2\n3,4,5\n").find("line 2 is ragged (3 columns instead of 2)"), std::string::npos);
  EXPECT_EQ(error("1,2\n3,\"4\n"), "t.csv line 2 has a quote that is not closed.");
  EXPECT_EQ(error("a,\"b\n3,4\n"), "t.csv line 1 has a quote that is not closed.");
  EXPECT_EQ(error("1,2\n3,4" + std::string(1, '\0') + "\n"), "t.csv line 2 holds a NUL byte (is it a text file?).");
}

TEST_F(Csv, EmptyFilesAreErrors) {
  EXPECT_EQ(error(""), "t.csv is empty (0 bytes). Write the file again.");
  EXPECT_EQ(error("a,b\n"), "t.csv is empty (it has a header but no rows). Write the file again.");
  EXPECT_EQ(error("a,b\n\n"), "t.csv is empty (it has a header but no rows). Write the file again.");
  EXPECT_EQ(error("a,a\n1,2\n"), "t.csv line 1: two columns are called \"a\". Give every column its own name.");
  EXPECT_NE(message_of([&] { open_csv(folder / "none.csv", options); }).find("does not exist"), std::string::npos);
  EXPECT_NE(message_of([&] { open_csv(folder, options); }).find("it is a folder"), std::string::npos);
}

TEST_F(Csv, AnEndlessLineIsAnError) {
  EXPECT_EQ(error(std::string((1 << 25) + (1 << 19), '1')), "t.csv line 1 is longer than 32 MiB (is it a text file?).");
}

TEST_F(Csv, LinesLongerThanTheBufferAreWhole) {
  std::string text;
  for (int i = 0; i < 60000; ++i) text += i ? ",7.500000000" : "7.500000000";
  EXPECT_EQ(numbers(text + "\n" + text + "\n"), Values(120000, 7.5));
}

class Gzip : public ImportTest {
 protected:
  std::filesystem::path gzip(const std::string& text) const {
    const auto path = folder / "t.csv.gz";
    const gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return path;
  }
  static std::size_t count_rows(const std::filesystem::path& path) {
    const auto rows = open_csv(path, {})->open({{0, nullptr}});
    std::vector<double> values;
    while (rows->next(100, values)) {
    }
    return values.size();
  }
};

TEST_F(Gzip, IsReadAndItsDamageFound) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919 % 5003) + "\n";
  const auto path = gzip(text);
  EXPECT_EQ(count_rows(path), 5000u);
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  for (std::size_t size = 0; size < bytes.size(); size += size < 40 || size + 40 > bytes.size() ? 1 : 97)
    EXPECT_NE(message_of([&] { count_rows(write("cut.gz", bytes.substr(0, size))); }), "") << size;
  std::string damaged = bytes;
  damaged[bytes.size() / 2] ^= 0x10;
  EXPECT_NE(message_of([&] { count_rows(write("bad.gz", damaged)); }).find("damaged"), std::string::npos);
}

TEST_F(Csv, ManyColumnsAreAnError) {
  std::string line;
  for (int i = 0; i < 65'537; ++i) line += "1,";
  EXPECT_NE(error(line + "1\n").find("more than 65536 columns"), std::string::npos);
}

TEST_F(Csv, NamesThatAreNoUtf8AreShown) {
  EXPECT_EQ(names("\xc0\xaf,b\n1,2\n"), (Names{"\xef\xbf\xbd\xef\xbf\xbd", "b"}));
}

/// Members of a gzip file follow each other.
TEST_F(Csv, GzipFilesThatUnpackToTooMuchAreErrors) {
  const auto member = folder / "member.gz";
  const gzFile gz = gzopen(member.c_str(), "wb1");
  const std::string zeros(64 << 20, '1');
  gzwrite(gz, zeros.data(), static_cast<unsigned>(zeros.size()));
  gzclose(gz);
  std::ifstream in(member, std::ios::binary);
  const std::string packed((std::istreambuf_iterator<char>(in)), {});
  std::string all;
  for (int i = 0; i < 8; ++i) all += packed;
  const auto stream = open_bytes(write("t.csv.gz", all));
  std::string block(1 << 20, '\0');
  const auto unpack = [&] {
    while (stream->read(block) == block.size()) {
    }
  };
  EXPECT_NE(message_of(unpack).find("bytes when unpacked"), std::string::npos);
}

}  // namespace
}  // namespace lutra
