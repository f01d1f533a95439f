#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "import/zip.h"

namespace lutra {

/// The bytes of `entry`, whose compressed data begins at `data_at` and lies inside the file. At its end, its length and
/// CRC are checked; Error when they differ or the compressed data is damaged.
std::unique_ptr<ByteStream> make_zip_stream(const std::filesystem::path& path, const ZipEntry& entry,
                                            std::uint64_t data_at);

}  // namespace lutra
