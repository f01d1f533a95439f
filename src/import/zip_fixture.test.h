#pragma once
#include <zlib.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lutra {

inline std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 255);
  return text;
}

/// Raw deflate, as in a ZIP file.
inline std::string deflated(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

struct ZipOptions {
  bool deflate = false;
  bool zip64 = false;  // sizes and offsets in the ZIP64 fields, as for archives beyond 4 GiB
  int flags = 0;
  int method = -1;  // to lie about it
};

/// A ZIP archive as numpy.savez (deflate: savez_compressed) writes it.
inline std::string zip(const std::vector<std::pair<std::string, std::string>>& files, ZipOptions options = {}) {
  std::string body, directory;
  const int method = options.method >= 0 ? options.method : options.deflate ? 8 : 0;
  for (const auto& [name, bytes] : files) {
    const std::string packed = options.deflate ? deflated(bytes) : bytes;
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    const std::string sizes = little_endian(packed.size(), 4) + little_endian(bytes.size(), 4);
    const std::string start =
        little_endian(options.flags, 2) + little_endian(method, 2) + little_endian(0, 4) + little_endian(crc, 4);
    std::string extra, offset = little_endian(body.size(), 4);
    if (options.zip64) {
      extra = little_endian(1, 2) + little_endian(24, 2) + little_endian(bytes.size(), 8) +
              little_endian(packed.size(), 8) + little_endian(body.size(), 8);
      offset = little_endian(0xffffffff, 4);
    }
    directory += "PK\x01\x02" + little_endian(45, 2) + little_endian(45, 2) + start +
                 (options.zip64 ? std::string(8, '\xff') : sizes) + little_endian(name.size(), 2) +
                 little_endian(extra.size(), 2) + std::string(10, '\0') + offset + name + extra;
    body += "PK\x03\x04" + little_endian(45, 2) + start + sizes + little_endian(name.size(), 2) + little_endian(0, 2) +
            name + packed;
  }
  const std::string count = little_endian(files.size(), 2);
  std::string end = "PK\x05\x06" + std::string(4, '\0') + count + count + little_endian(directory.size(), 4) +
                    little_endian(body.size(), 4) + little_endian(0, 2);
  if (options.zip64) {
    const std::string count64 = little_endian(files.size(), 8);
    const std::string end64 = "PK\x06\x06" + little_endian(44, 8) + little_endian(45, 2) + little_endian(45, 2) +
                              std::string(8, '\0') + count64 + count64 + little_endian(directory.size(), 8) +
                              little_endian(body.size(), 8);
    const std::string locator =
        "PK\x06\x07" + little_endian(0, 4) + little_endian(body.size() + directory.size(), 8) + little_endian(1, 4);
    end = end64 + locator + "PK\x05\x06" + std::string(4, '\0') + std::string(12, '\xff') + little_endian(0, 2);
  }
  return body + directory + end;
}

}  // namespace lutra
