#include "rtl/design.h"

#include "base/error.h"

namespace lutra {
namespace {

void check_files(const std::filesystem::path& folder, const Design& d) {
  std::vector<std::string> files = d.files;
  files.push_back(d.testbench);
  for (const std::string& file : files) {
    if (std::filesystem::path(file).filename() != file)
      throw Error(folder.string() + "/design.json: \"" + file + "\" is not a plain file name", "", "Compile again");
    if (!std::filesystem::exists(folder / file))
      throw Error(folder.string() + ": " + file + " is missing", "design.json names it", "Compile again");
  }
}

void check_numbers(const std::string& where, const Design& d) {
  if (d.inputs < 1 || d.chunks < 1 || d.interval_cycles < d.chunks || d.latency_cycles < 0 || !(d.clock_ns > 0) ||
      d.outputs.empty())
    throw Error(where + ": impossible numbers", "inputs, chunks, interval, latency, clock and outputs must be positive",
                "Compile again");
}

}  // namespace

void write_design(const std::filesystem::path& folder, const Design& d, const Json& config) {
  Json outputs = Json::array();
  for (const Format& f : d.outputs) outputs.push_back(to_string(f));
  write_json_artifact(folder / "design.json", design_kind, config,
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
                       {"network_hash", d.network_hash},
                       {"cost", d.cost},
                       {"chain", d.chain}});
}

DesignFile read_design(const std::filesystem::path& folder) {
  const JsonArtifact artifact = read_json_artifact(folder / "design.json", design_kind);
  const Json& body = artifact.body;
  const std::string where = (folder / "design.json").string();
  Design d;
  d.top = json_get<std::string>(body, "top", where);
  d.clock_ns = json_get<double>(body, "clock_ns", where);
  d.interval_cycles = json_get<int>(body, "interval_cycles", where);
  d.latency_cycles = json_get<int>(body, "latency_cycles", where);
  if (body.contains("chunks")) d.chunks = json_get<int>(body, "chunks", where);
  d.inputs = json_get<int>(body, "inputs", where);
  d.input_format = parse_format(json_get<std::string>(body, "input_format", where), where);
  d.input_range = {json_get<std::int64_t>(body, "input_min", where), json_get<std::int64_t>(body, "input_max", where)};
  for (const std::string& f : json_get<std::vector<std::string>>(body, "outputs", where))
    d.outputs.push_back(parse_format(f, where));
  d.files = json_get<std::vector<std::string>>(body, "files", where);
  d.testbench = json_get<std::string>(body, "testbench", where);
  d.network_hash = json_get<std::string>(body, "network_hash", where);
  d.cost = json_get<Json>(body, "cost", where);
  if (body.contains("chain")) d.chain = json_get<Json>(body, "chain", where);
  check_numbers(where, d);
  check_files(folder, d);
  return {d, artifact.config};
}

}  // namespace lutra
