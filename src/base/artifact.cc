#include "base/artifact.h"

#include <cerrno>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/file_error.h"
#include "base/hash.h"
#include "base/version.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Of header, configuration and body, as compact JSON. In files of before the header was covered, `header` is null.
std::string checksum(const Json& header, const Json& config, const Json& body) {
  const std::string content = json_text(config) + "\n" + json_text(body);
  return hex(hash_bytes(header.is_null() ? content : json_text(header) + "\n" + content));
}

}  // namespace

std::string read_text(const fs::path& path, std::uint64_t max_bytes) {
  check_readable(path);
  std::error_code failed;
  if (fs::file_size(path, failed) > max_bytes)
    throw Error(path.string() + " is too large", "more than " + std::to_string(max_bytes >> 20) + " MiB", "");
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw file_error("read", path, EIO);
  return std::move(text).str();
}

void write_json_artifact(const fs::path& path, ArtifactKind kind, const Json& config, const Json& body) {
  Json document, header = {{"kind", kind.name}, {"version", kind.version}, {"code", code_version()}};
  document["lutra"] = header;
  document["lutra"]["checksum"] = checksum(header, config, body);
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
  Json header = document["lutra"];
  const auto found_kind = json_get<std::string>(header, "kind", where);
  if (found_kind != kind.name)
    throw Error(where + " is a " + found_kind + " file", std::string("a ") + kind.name + " file is needed here",
                "Check the path");
  JsonArtifact artifact;
  artifact.version = json_get<int>(header, "version", where);
  if (artifact.version < 1 || artifact.version > kind.version)
    throw Error(where + " has format version " + std::to_string(artifact.version),
                "this program reads up to " + std::to_string(kind.version),
                "Update Lutra, or make it again with the lutra command that writes it");
  artifact.code = json_get<std::string>(header, "code", where);
  if (!document.contains("config")) throw Error(where + " lacks \"config\"", "", remake);
  artifact.config = std::move(document["config"]);  // both may be large: no copies
  document.erase("lutra");
  document.erase("config");
  artifact.body = std::move(document);
  const auto sum = json_get<std::string>(header, "checksum", where);
  header.erase("checksum");
  if (sum != checksum(header, artifact.config, artifact.body) &&
      sum != checksum(Json(), artifact.config, artifact.body))
    throw Error(where + " is damaged", "its checksum does not match its content", remake);
  return artifact;
}

}  // namespace lutra
