#include "base/artifact.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/hash.h"
#include "base/version.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

void flush_to_disk(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

std::string checksum(const Json& config, const Json& body) {
  return hex(hash_bytes(json_text(config) + "\n" + json_text(body)));
}

}  // namespace

void write_atomically(const fs::path& path, const std::function<void(const fs::path&)>& write) {
  if (path.has_parent_path()) {
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    if (failed) throw Error("cannot create folder " + path.parent_path().string(), failed.message(), "");
  }
  fs::path temporary = path;
  temporary += ".tmp" + std::to_string(::getpid());
  try {
    write(temporary);
    flush_to_disk(temporary);
    fs::rename(temporary, path);
  } catch (...) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw;
  }
}

void write_text_atomically(const fs::path& path, std::string_view text) {
  write_atomically(path, [&](const fs::path& temporary) {
    std::ofstream out(temporary, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) throw Error("cannot write " + path.string(), "disk full or folder not writable", "");
  });
}

std::string read_text(const fs::path& path, std::uint64_t max_bytes) {
  std::error_code failed;
  const auto status = fs::status(path, failed);
  if (!fs::exists(status)) throw Error(path.string() + " does not exist", "", "Check the path");
  if (!fs::is_regular_file(status)) throw Error(path.string() + " is not a file", "", "Check the path");
  if (fs::file_size(path, failed) > max_bytes)
    throw Error(path.string() + " is too large", "more than " + std::to_string(max_bytes >> 20) + " MiB", "");
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw Error("cannot read " + path.string(), "", "Check its permissions");
  return std::move(text).str();
}

void write_json_artifact(const fs::path& path, ArtifactKind kind, const Json& config, const Json& body) {
  Json document;
  document["lutra"] = {
      {"kind", kind.name}, {"version", kind.version}, {"code", code_version()}, {"checksum", checksum(config, body)}};
  document["config"] = config;
  for (const auto& [key, value] : body.items()) document[key] = value;
  write_text_atomically(path, json_text(document, 1) + "\n");
}

JsonArtifact read_json_artifact(const fs::path& path, ArtifactKind kind) {
  Json document = read_json(path);
  const std::string where = path.string();
  const std::string remake = "Make it again with the lutra command that writes it";
  if (!document.is_object() || !document.contains("lutra"))
    throw Error(where + " is not a Lutra file", "it has no \"lutra\" header", "Check the path");
  const Json header = document["lutra"];
  const auto found_kind = json_get<std::string>(header, "kind", where);
  if (found_kind != kind.name)
    throw Error(where + " is a " + found_kind + " file", std::string("a ") + kind.name + " file is needed here",
                "Check the path");
  JsonArtifact artifact;
  artifact.version = json_get<int>(header, "version", where);
  if (artifact.version < 1 || artifact.version > kind.version)
    throw Error(where + " has format version " + std::to_string(artifact.version),
                "this program reads up to " + std::to_string(kind.version), "Update Lutra, or " + remake);
  artifact.code = json_get<std::string>(header, "code", where);
  if (!document.contains("config")) throw Error(where + " lacks \"config\"", "", remake);
  artifact.config = std::move(document["config"]);  // both may be large: no copies
  document.erase("lutra");
  document.erase("config");
  artifact.body = std::move(document);
  if (json_get<std::string>(header, "checksum", where) != checksum(artifact.config, artifact.body))
    throw Error(where + " is damaged", "its checksum does not match its content", remake);
  return artifact;
}

}  // namespace lutra
