#include "rtl/design.h"

#include "base/error.h"
#include "base/name.h"
#include "rtl/design_check.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr const char* design_file = "design.json";

std::vector<Format> formats_from_json(const Json& body, const std::string& where) {
  std::vector<Format> formats;
  for (const std::string& f : json_get<std::vector<std::string>>(body, "outputs", where))
    formats.push_back(parse_format(f, where));
  return formats;
}

FileHashes hashes_from_json(const Json& body, const std::string& where) {
  FileHashes hashes;
  const Json list = json_get<Json>(body, "hashes", where);
  if (!list.is_object()) throw Error(where + ": \"hashes\" must be an object", "", "Compile again");
  for (const auto& [name, hash] : list.items()) hashes[name] = json_get<std::string>(list, name, where);
  return hashes;
}

Design design_from_json(const JsonArtifact& artifact, const std::string& where) {
  const Json& body = artifact.body;
  Design d;
  d.top = json_get<std::string>(body, "top", where);
  d.clock_ns = json_get<double>(body, "clock_ns", where);
  d.interval_cycles = json_get<int>(body, "interval_cycles", where);
  d.latency_cycles = json_get<int>(body, "latency_cycles", where);
  if (body.contains("chunks")) d.chunks = json_get<int>(body, "chunks", where);
  d.inputs = json_get<int>(body, "inputs", where);
  d.input_format = parse_format(json_get<std::string>(body, "input_format", where), where);
  d.input_range = {json_get<std::int64_t>(body, "input_min", where), json_get<std::int64_t>(body, "input_max", where)};
  d.outputs = formats_from_json(body, where);
  d.files = json_get<std::vector<std::string>>(body, "files", where);
  d.testbench = json_get<std::string>(body, "testbench", where);
  if (artifact.version > 1) d.hashes = hashes_from_json(body, where);
  d.network_hash = json_get<std::string>(body, "network_hash", where);
  d.cost = json_get<Json>(body, "cost", where);
  if (body.contains("chain")) d.chain = json_get<Json>(body, "chain", where);
  return d;
}

/// Files of the design that the folder held before; none when there was none, or none that can be read.
FileHashes files_before(const fs::path& folder) {
  if (!fs::exists(folder / design_file)) return {};
  const std::string where = (folder / design_file).string();
  try {
    const Design before = design_from_json(read_json_artifact(folder / design_file, design_kind), where);
    check_design(before, where);
    FileHashes files = before.hashes;
    for (const std::string& file : before.files) files.try_emplace(file);
    for (const std::string& file : {before.testbench, before.top + ".vhd"}) files.try_emplace(file);
    return files;
  } catch (const Error&) {
    return {};  // a damaged file is replaced
  }
}

std::string told(const std::vector<Edit>& edits) {
  constexpr std::size_t shown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(edits.size(), shown); ++i)
    text += (i == 0 ? "" : ", ") + printable(edits[i].file) + " " + edits[i].what;
  return text + (edits.size() > shown ? " and " + std::to_string(edits.size() - shown) + " more" : "");
}

std::vector<Edit> allowed_edits(const fs::path& folder, const JsonArtifact& artifact, const Design& design,
                                Edits edits) {
  std::vector<Edit> found;
  if (artifact.version == 1)
    found.push_back({design_file, "without hashes, of an older Lutra"});
  else
    found = find_edits(folder, design.hashes);
  if (!found.empty() && edits == Edits::refused)
    throw Error(folder.string() + " is not as lutra compile wrote it", told(found),
                "Compile again, or take it as it is with --edited");
  return found;
}

void check_sources_exist(const fs::path& folder, const Design& d) {
  std::vector<std::string> files = d.files;
  files.push_back(d.testbench);
  for (const std::string& file : files)
    if (!fs::is_regular_file(folder / file))
      throw Error(folder.string() + ": " + file + " is missing", "design.json names it", "Compile again");
}

}  // namespace

std::vector<fs::path> source_files(const Design& design, const fs::path& folder) {
  std::vector<fs::path> files;
  for (const std::string& file : design.files) files.push_back(folder / file);
  return files;
}

void write_design(const fs::path& folder, const Design& d, const Json& config) {
  check_design(d, (folder / design_file).string());
  const FileHashes before = files_before(folder);
  Json outputs = Json::array();
  for (const Format& f : d.outputs) outputs.push_back(to_string(f));
  write_json_artifact(folder / design_file, design_kind, config,
                      {{"top", d.top},
                       {"clock_ns", d.clock_ns},
                       {"interval_cycles", d.interval_cycles},
                       {"latency_cycles", d.latency_cycles},
                       {"chunks", d.chunks},
                       {"inputs", d.inputs},
                       {"input_format", to_string(d.input_format)},
                       {"input_min", d.input_range.lo},
                       {"input_max", d.input_range.hi},
                       {"outputs", outputs},
                       {"files", d.files},
                       {"testbench", d.testbench},
                       {"hashes", d.hashes},
                       {"network_hash", d.network_hash},
                       {"cost", d.cost},
                       {"chain", d.chain}});
  std::error_code ignored;  // it is then named when the folder is read
  for (const auto& [name, hash] : before)
    if (!d.hashes.contains(name)) fs::remove(folder / name, ignored);
}

DesignFile read_design(const fs::path& folder, Edits edits) {
  const JsonArtifact artifact = read_json_artifact(folder / design_file, design_kind);
  const std::string where = (folder / design_file).string();
  json_only_keys(artifact.body,
                 {"top", "clock_ns", "interval_cycles", "latency_cycles", "chunks", "inputs", "input_format",
                  "input_min", "input_max", "outputs", "files", "testbench", "hashes", "network_hash", "cost", "chain"},
                 where);
  DesignFile file{design_from_json(artifact, where), artifact.config, {}};
  check_design(file.design, where);
  file.edits = allowed_edits(folder, artifact, file.design, edits);
  check_sources_exist(folder, file.design);
  return file;
}

}  // namespace lutra
