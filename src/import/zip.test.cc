#include "import/zip.h"

#include "import/import_fixture.test.h"
#include "import/table.h"
#include "import/zip_fixture.test.h"

namespace lutra {
namespace {

class Zip : public ImportTest {
 protected:
  std::string content(const std::string& archive, std::size_t entry = 0) const {
    const auto path = write("t.npz", archive);
    const std::vector<ZipEntry> entries = read_zip_directory(path);
    if (entry >= entries.size()) throw Error("no such entry", "", "");
    const auto stream = open_zip_entry(path, entries[entry]);
    std::string bytes(1 << 20, '\0');
    bytes.resize(stream->read(bytes));
    return bytes;
  }
  std::string error(const std::string& archive) const {
    return message_of([&] { content(archive); }, folder);
  }

  const std::string text = std::string(3000, 'a') + "bcd" + std::string(5000, 'e');
};

TEST_F(Zip, EveryWayOfStoringGivesTheSameBytes) {
  for (const bool deflate : {false, true})
    for (const bool zip64 : {false, true}) {
      const std::string archive = zip({{"first", text}, {"second", "x"}, {"third", ""}}, {deflate, zip64});
      EXPECT_EQ(content(archive, 0), text);
      EXPECT_EQ(content(archive, 1), "x");
      EXPECT_EQ(content(archive, 2), "");
    }
}

TEST_F(Zip, ACommentAtTheEndIsFine) {
  std::string archive = zip({{"a", text}});
  archive[archive.size() - 2] = 5;
  EXPECT_EQ(content(archive + "hello"), text);
}

TEST_F(Zip, EveryTruncationIsAnError) {
  for (const bool zip64 : {false, true}) {
    const std::string archive = zip({{"a", "some bytes"}}, {true, zip64});
    for (std::size_t size = 0; size < archive.size(); ++size) EXPECT_NE(error(archive.substr(0, size)), "") << size;
  }
}

TEST_F(Zip, EveryFlippedByteIsAnErrorOrHarmless) {
  const std::string archive = zip({{"a", "some bytes"}}, {true, true});
  for (std::size_t at = 0; at < archive.size(); ++at)
    for (const int flip : {0x01, 0x80, 0xff}) {
      std::string damaged = archive;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      std::string found;
      const std::string message = message_of([&] { found = content(damaged); });
      EXPECT_TRUE(!message.empty() || found == "some bytes") << at;
    }
}

TEST_F(Zip, DamagedContentIsFoundByItsCrc) {
  std::string archive = zip({{"a", text}});
  archive[100] = 'X';
  EXPECT_EQ(error(archive), "t.npz: \"a\" is damaged (its CRC does not match). Copy or write the file again.");
}

TEST_F(Zip, UnknownMethodsAndEncryptionAreErrors) {
  EXPECT_NE(error(zip({{"a", text}}, {.flags = 1})).find("is encrypted"), std::string::npos);
  EXPECT_NE(error(zip({{"a", text}}, {.method = 14})).find("compressed in an unknown way (method 14)"),
            std::string::npos);
}

TEST_F(Zip, NpzListsItsArrays) {
  const std::string x = npy("<f4", "(2, 3)", bytes_of<float>({1, 2, 3, 4, 5, 6}));
  const std::string names = npy("<U4", "(2,)", std::string(32, 'x'));
  const auto file = open_table(write("t.npz", zip({{"x.npy", x}, {"names.npy", names}, {"notes.txt", "hi"}}, {true})));
  ASSERT_EQ(file->arrays().size(), 2u);
  EXPECT_EQ(file->arrays()[0].name, "x");
  EXPECT_EQ(file->arrays()[0].type, "float32");
  EXPECT_EQ(file->arrays()[1].type, unreadable_type);
  std::vector<double> values;
  EXPECT_EQ(file->open({{0, nullptr}})->next(10, values), 2u);
  EXPECT_EQ(values, (std::vector<double>{1, 2, 3, 4, 5, 6}));
  EXPECT_NE(message_of([&] {
              file->open({{1, nullptr}});
            }).find("array \"names\" has type \"<U4\", which is not a plain number"),
            std::string::npos);
}

TEST_F(Zip, NpzWithoutOrWithEqualArraysIsAnError) {
  EXPECT_NE(message_of([&] {
              open_table(write("t.npz", zip({{"notes.txt", "hi"}})));
            }).find("holds no arrays"),
            std::string::npos);
  EXPECT_NE(message_of([&] { open_table(write("t.npz", zip({}))); }).find("holds no arrays"), std::string::npos);
  const std::string x = npy("<f4", "(1,)", "1234");
  EXPECT_NE(message_of([&] {
              open_table(write("t.npz", zip({{"x.npy", x}, {"x.npy", x}})));
            }).find("two arrays called \"x\""),
            std::string::npos);
}

TEST_F(Zip, ATruncatedNpzIsAnErrorWhateverItsLength) {
  ImportConfig config;
  config.inputs = "x";
  config.targets = {{.name = "y", .unit = "", .from = ""}};
  config.input_format = "s8.0";
  const std::string x = npy("<f4", "(2, 3)", bytes_of<float>({1, 2, 3, 4, 5, 6}));
  const std::string archive =
      zip({{"x.npy", x}, {"y.npy", npy("<i4", "(2,)", bytes_of<std::int32_t>({1, 2}))}}, {true});
  EXPECT_EQ(import_data(config, {write("t.npz", archive)}, no_progress).data.inputs,
            (std::vector<std::int16_t>{1, 2, 3, 4, 5, 6}));
  for (std::size_t size = 0; size < archive.size(); ++size)
    EXPECT_NE(message_of([&] { import_data(config, {write("t.npz", archive.substr(0, size))}, no_progress); }), "")
        << size;
}

/// What the directory says counts before anything is unpacked; entries may even share their bytes.
TEST_F(Zip, ArchivesThatUnpackToTooMuchAreErrors) {
  std::string archive = zip({{"a.npy", text}, {"b.npy", text}}, {true, false});
  constexpr std::size_t size_at = 24;
  for (auto at = archive.find("PK\x01\x02"); at != std::string::npos; at = archive.find("PK\x01\x02", at + 1))
    archive.replace(at + size_at, 4, little_endian(300'000'000, 4));
  EXPECT_NE(error(archive).find("bytes when unpacked"), std::string::npos);
}

TEST_F(Zip, ArchivesOfManyFilesAreErrors) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < 10'001; ++i) files.emplace_back(std::to_string(i), "");
  EXPECT_NE(error(zip(files)).find("more than 10000 files"), std::string::npos);
}

TEST_F(Zip, NamesThatAreNoUtf8AreShown) {
  const auto path = write("t.npz", zip({{"b\xff", text}}));
  EXPECT_EQ(read_zip_directory(path)[0].name, "b\xef\xbf\xbd");
}

}  // namespace
}  // namespace lutra
