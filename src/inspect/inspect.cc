#include "inspect/inspect.h"

#include "base/artifact.h"
#include "base/error.h"
#include "event/dataset_file.h"
#include "event/events_file.h"
#include "event/seal.h"
#include "import/byte_stream.h"
#include "inspect/inspect_parts.h"
#include "inspect/summary.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// "ok", or what `check` throws.
template <class Check>
std::string verdict(const Check& check) {
  try {
    check();
    return "ok";
  } catch (const Error& e) {
    return e.what();
  }
}

Json inspect_sealed(const fs::path& path, const Seal& seal, Json result, const Progress& progress) {
  result["kind"] = seal.kind;
  result["version"] = seal.version;
  const bool events = seal.kind == events_kind.name, dataset = seal.kind == dataset_kind.name;
  const int known = events ? events_kind.version : dataset ? dataset_kind.version : seal.version;
  const std::string checksum = verdict([&] { check_seal(path, {seal.kind.c_str(), known}); });
  result["checksum"] = checksum;
  if (checksum != "ok" || (!events && !dataset)) return result;
  const Inspected found = events ? inspect_events(path, progress) : inspect_dataset(path, progress);
  result["code"] = found.code;
  result["content"] = found.content;
  result["config"] = found.config;
  return result;
}

Json content_of(const std::string& kind, const Json& body, bool whole, const std::string& where) {
  if (whole && kind == network_kind.name) return inspect_network(network_from_json(body, where));
  return shortened(body);
}

Json inspect_json(const fs::path& path, Json result) {
  Json document = read_json(path);
  const std::string where = path.string();
  if (!document.is_object() || !document.contains("lutra"))
    throw Error(where + " is not a Lutra file", "it has no \"lutra\" header", "Check the path");
  const Json header = document["lutra"];
  const auto kind = json_get<std::string>(header, "kind", where);
  result["kind"] = kind;
  result["version"] = json_get<int>(header, "version", where);
  result["code"] = json_get<std::string>(header, "code", where);
  document = Json();  // it is read once more, and may be large
  // Any version is described; the version of a network must be one that can be read.
  const int known = kind == network_kind.name ? network_kind.version : result["version"].get<int>();
  const std::string checksum = verdict([&] { read_json_artifact(path, {kind.c_str(), known}); });
  result["checksum"] = checksum;
  document = read_json(path);
  Json config = document.contains("config") ? std::move(document["config"]) : Json::object();
  document.erase("lutra");
  document.erase("config");
  result["content"] = content_of(kind, document, checksum == "ok", where);
  result["config"] = std::move(config);
  return result;
}

bool looks_like_json(const fs::path& path) {
  const std::string head = first_bytes(path, 256);
  const auto at = head.find_first_not_of(" \t\r\n");
  return at != std::string::npos && head[at] == '{';
}

}  // namespace

Json inspect(const fs::path& path, const Progress& progress) {
  const bool json = looks_like_json(path);
  Json result = {{"file", path.filename().string()}, {"bytes", fs::file_size(path)}};
  if (json) return inspect_json(path, result);
  if (const auto seal = read_seal(path)) return inspect_sealed(path, *seal, result, progress);
  const std::unique_ptr<TableFile> table = open_table(path);
  result["kind"] = table->format();
  result["content"] = inspect_table(*table, progress);
  return result;
}

}  // namespace lutra
