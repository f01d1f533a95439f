#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/artifact.h"

namespace lutra {

/// A sealed file starts with one line of text in the HDF5 user block,
///
///     LUTRA <kind> <version> bytes=<size of the file> xxh3=<hash of everything after the user block>
///
/// so damage is found by a streaming hash before the HDF5 library, which may crash on damaged files, parses anything.
struct Seal {
  std::string kind;
  int version = 0;
  std::uint64_t bytes = 0;
  std::string hash;
};

/// Writes the seal of a whole file with a user block.
void seal_file(NewFile& file, ArtifactKind kind);

/// The seal as written, unverified; nullopt when the file has none. Error when the file cannot be read.
std::optional<Seal> read_seal(const std::filesystem::path& path);

/// Error unless the file is whole, of this kind, and of a version that this program reads.
void check_seal(const std::filesystem::path& path, ArtifactKind kind);

}  // namespace lutra
