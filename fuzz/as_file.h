#pragma once
#include <filesystem>
#include <fstream>
#include <string_view>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"

/// A folder of this process for readers that take a path; in memory where the system has one there.
inline const std::filesystem::path& fuzz_folder() {
  if (std::filesystem::is_directory("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 0);
  static const lutra::TemporaryFolder folder;
  return folder.path();
}

/// The bytes as a file that the next call with the same name replaces.
inline std::filesystem::path as_file(const char* name, std::string_view bytes) {
  const std::filesystem::path path = fuzz_folder() / name;
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

/// The text as the body of an artifact with a valid checksum: what is behind the checksum is what the target is for.
/// Error when the text is not a JSON object.
inline std::filesystem::path as_artifact(const char* name, lutra::ArtifactKind kind, std::string_view text) {
  const lutra::Json body = lutra::parse_json(text, name);
  if (!body.is_object() || body.contains("lutra") || body.contains("config"))
    throw lutra::Error("no body of an artifact", "", "");
  lutra::write_json_artifact(fuzz_folder() / name, kind, lutra::Json::object(), body);
  return fuzz_folder() / name;
}
