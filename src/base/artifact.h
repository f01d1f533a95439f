#pragma once
#include <filesystem>
#include <string>

#include "base/json.h"
#include "base/new_file.h"

namespace lutra {

/// What kind of file an artifact is and which version of its layout this program writes. Reading accepts versions
/// 1..version of the same kind.
struct ArtifactKind {
  const char* name;  // "network", "events", ...
  int version;
};

/// Whole file as a string. Error when it is missing, unreadable or larger than `max_bytes`.
std::string read_text(const std::filesystem::path& path, std::uint64_t max_bytes = 1ull << 30);

/// A JSON artifact on disk is {"lutra": {kind, version, code, checksum}, "config": ..., <body keys>}. The checksum
/// covers everything but itself. `config` is the full configuration that made it. Text that is not UTF-8, such as the
/// name of a file, gets replacement characters.
void write_json_artifact(const std::filesystem::path& path, ArtifactKind kind, const Json& config, const Json& body);

struct JsonArtifact {
  int version = 0;
  std::string code;  // code_version() of the writer
  Json config;
  Json body;
};

/// Error when the file is missing, damaged, of another kind, or newer than this program.
JsonArtifact read_json_artifact(const std::filesystem::path& path, ArtifactKind kind);

}  // namespace lutra
