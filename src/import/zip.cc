#include "import/zip.h"

#include <algorithm>
#include <fstream>
#include <string_view>

#include "base/budget.h"
#include "base/error.h"
#include "base/json.h"
#include "import/zip_stream.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_directory_bytes = 1 << 24;
constexpr std::uint64_t max_entries = 10'000;
constexpr std::size_t end_bytes = 22;      // end of central directory, without comment
constexpr std::size_t locator_bytes = 20;  // ZIP64 locator, just before it
constexpr std::size_t end64_bytes = 56;
constexpr std::size_t entry_bytes = 46;
constexpr std::uint32_t unset32 = 0xffffffff;  // "see the ZIP64 field"

/// Little-endian integers out of a byte string; the caller guarantees that they are inside.
std::uint64_t number(std::string_view bytes, std::size_t at, int size) {
  std::uint64_t value = 0;
  for (int i = size - 1; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

[[noreturn]] void broken(const fs::path& path, const std::string& why) {
  throw Error(path.string() + " is not a whole ZIP (.npz) file", why, "Copy or write the file again");
}

std::string bytes_at(const fs::path& path, std::uint64_t at, std::uint64_t count) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(count, '\0');
  in.seekg(static_cast<std::streamoff>(at));
  if (!in.read(bytes.data(), static_cast<std::streamsize>(count))) broken(path, "it ends early");
  return bytes;
}

struct Directory {
  std::uint64_t entries = 0, bytes = 0, at = 0;
};

Directory find_directory64(const fs::path& path, std::uint64_t file_bytes, std::uint64_t end_at) {
  if (end_at < locator_bytes) broken(path, "its ZIP64 locator is missing");
  const std::string locator = bytes_at(path, end_at - locator_bytes, locator_bytes);
  if (!locator.starts_with("PK\x06\x07")) broken(path, "its ZIP64 locator is missing");
  const std::uint64_t at = number(locator, 8, 8);
  if (at > file_bytes || file_bytes - at < end64_bytes) broken(path, "its ZIP64 directory lies outside of it");
  const std::string end = bytes_at(path, at, end64_bytes);
  if (!end.starts_with("PK\x06\x06")) broken(path, "its ZIP64 directory is missing");
  return {number(end, 32, 8), number(end, 40, 8), number(end, 48, 8)};
}

/// The end record is at the end of the file, before a comment of at most 65535 bytes.
Directory find_directory(const fs::path& path, std::uint64_t file_bytes) {
  const std::uint64_t tail_bytes = std::min<std::uint64_t>(file_bytes, end_bytes + 65535);
  const std::string tail = bytes_at(path, file_bytes - tail_bytes, tail_bytes);
  const std::size_t found = tail.rfind("PK\x05\x06");
  if (found == std::string::npos || tail.size() - found < end_bytes) broken(path, "its directory is missing");
  const std::string_view end = std::string_view(tail).substr(found);
  Directory directory{number(end, 10, 2), number(end, 12, 4), number(end, 16, 4)};
  if (directory.entries == 0xffff || directory.bytes == unset32 || directory.at == unset32)
    directory = find_directory64(path, file_bytes, file_bytes - tail_bytes + found);
  if (directory.at > file_bytes || directory.bytes > file_bytes - directory.at)
    broken(path, "its directory lies outside of it");
  if (directory.bytes > max_directory_bytes) broken(path, "its directory is larger than 16 MiB");
  return directory;
}

/// Replaces sizes that do not fit 32 bits by those of the ZIP64 extra field, which holds just these, in this order.
void read_zip64_field(std::string_view extra, ZipEntry& entry, const fs::path& path) {
  while (extra.size() >= 4) {
    const std::uint64_t id = number(extra, 0, 2), size = number(extra, 2, 2);
    if (size > extra.size() - 4) broken(path, "an extra field is cut off");
    std::string_view field = extra.substr(4, size);
    extra.remove_prefix(4 + size);
    if (id != 1) continue;
    for (std::uint64_t* value : {&entry.bytes, &entry.packed_bytes, &entry.header_at}) {
      if (*value != unset32 || field.size() < 8) continue;
      *value = number(field, 0, 8);
      field.remove_prefix(8);
    }
  }
}

void check_entry(const ZipEntry& entry, std::uint64_t flags, std::uint64_t file_bytes, const fs::path& path) {
  const std::string where = path.string() + ": \"" + entry.name + "\"";
  if (flags & 1) throw Error(where + " is encrypted", "", "Save the file without a password");
  if (entry.method != 0 && entry.method != 8)
    throw Error(where + " is compressed in an unknown way", "method " + std::to_string(entry.method),
                "Write it with numpy.savez or numpy.savez_compressed");
  if (entry.header_at > file_bytes || entry.packed_bytes > file_bytes - entry.header_at)
    broken(path, "\"" + entry.name + "\" lies outside of it");
  if (entry.method == 0 && entry.packed_bytes != entry.bytes)
    broken(path, "the sizes of \"" + entry.name + "\" disagree");
}

/// The entry at the front of `rest`, which is shortened by it.
ZipEntry next_entry(std::string_view& rest, std::uint64_t file_bytes, const fs::path& path) {
  if (rest.size() < entry_bytes || !rest.starts_with("PK\x01\x02")) broken(path, "its directory is cut off");
  const std::uint64_t name = number(rest, 28, 2), extra = number(rest, 30, 2), comment = number(rest, 32, 2);
  if (name + extra + comment > rest.size() - entry_bytes) broken(path, "its directory is cut off");
  ZipEntry entry{utf8_text(std::string(rest.substr(entry_bytes, name))),
                 static_cast<std::uint16_t>(number(rest, 10, 2)),
                 static_cast<std::uint32_t>(number(rest, 16, 4)),
                 number(rest, 20, 4),
                 number(rest, 24, 4),
                 number(rest, 42, 4)};
  read_zip64_field(rest.substr(entry_bytes + name, extra), entry, path);
  check_entry(entry, number(rest, 8, 2), file_bytes, path);
  rest.remove_prefix(entry_bytes + name + extra + comment);
  return entry;
}

void spend(Budget& unpacked, const ZipEntry& entry, const fs::path& path) {
  try {
    unpacked.spend(entry.bytes);
  } catch (const Error& e) {
    throw Error(path.string() + " is too large", e.what(), "Write it with numpy.savez, without compression");
  }
}

}  // namespace

std::vector<ZipEntry> read_zip_directory(const fs::path& path) {
  const std::uint64_t file_bytes = fs::file_size(path);
  const Directory directory = find_directory(path, file_bytes);
  const std::string bytes = bytes_at(path, directory.at, directory.bytes);
  std::string_view rest = bytes;
  std::vector<ZipEntry> entries;
  Budget unpacked("bytes when unpacked", unpacked_limit(file_bytes));
  for (std::uint64_t i = 0; i < directory.entries; ++i) {
    if (i == max_entries) broken(path, "it holds more than 10000 files");
    entries.push_back(next_entry(rest, file_bytes, path));
    spend(unpacked, entries.back(), path);
  }
  return entries;
}

std::unique_ptr<ByteStream> open_zip_entry(const fs::path& path, const ZipEntry& entry) {
  constexpr std::size_t local_bytes = 30;
  const std::string local = bytes_at(path, entry.header_at, local_bytes);
  if (!local.starts_with("PK\x03\x04")) broken(path, "the header of \"" + entry.name + "\" is missing");
  const std::uint64_t data_at = entry.header_at + local_bytes + number(local, 26, 2) + number(local, 28, 2);
  if (entry.packed_bytes > fs::file_size(path) || data_at > fs::file_size(path) - entry.packed_bytes)
    broken(path, "\"" + entry.name + "\" lies outside of it");
  return make_zip_stream(path, entry, data_at);
}

}  // namespace lutra
