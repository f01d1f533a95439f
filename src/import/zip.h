#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "import/byte_stream.h"

namespace lutra {

/// One file inside a ZIP archive (APPNOTE 6.3.3, with ZIP64), as its central directory describes it.
struct ZipEntry {
  std::string name;
  std::uint16_t method = 0;  // 0 stored, 8 deflated
  std::uint32_t crc = 0;
  std::uint64_t packed_bytes = 0;
  std::uint64_t bytes = 0;
  std::uint64_t header_at = 0;  // offset of its local header
};

/// The central directory. Every offset and size is checked against the file. Error naming the file and the entry when
/// it is truncated or not a ZIP file, when an entry is encrypted or compressed in another way, or when all of them
/// unpack to more than unpacked_limit() (entries may share their bytes).
std::vector<ZipEntry> read_zip_directory(const std::filesystem::path& path);

/// The uncompressed bytes of an entry. Reading past its last byte checks the CRC.
std::unique_ptr<ByteStream> open_zip_entry(const std::filesystem::path& path, const ZipEntry& entry);

}  // namespace lutra
