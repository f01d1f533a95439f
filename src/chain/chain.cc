#include "chain/chain.h"

#include <algorithm>

#include "base/error.h"
#include "base/random.h"
#include "chain/chain_text.h"
#include "ir/interpret.h"
#include "rtl/testbench.h"
#include "rtl/vhdl.h"

namespace lutra {
namespace {

constexpr std::size_t vector_events = 24;

Json shape_json(const WindowSearchShape& s) {
  return {{"rows", s.rows},
          {"cols", s.cols},
          {"window", s.window},
          {"stride", s.stride},
          {"pool_rows", s.pool_rows},
          {"pool_cols", s.pool_cols},
          {"interval", s.interval_cycles},
          {"cell_groups", s.cell_groups}};
}

Json rule_json(const TriggerRule& r) {
  return {{"pt_output", r.pt_output},
          {"eta_output", r.eta_output ? Json(*r.eta_output) : Json()},
          {"pt", to_string(r.pt)},
          {"eta", to_string(r.eta)},
          {"largest_rejected", r.largest_rejected},
          {"eta_factor", r.eta_factor},
          {"start_shift", r.start_shift},
          {"position", to_string(r.position)}};
}

/// Shares of LUTs, flip-flops and latency. The network's entries stay what reports of a single network look for.
Json chain_cost(const Cost& search, const Cost& network, int search_cycles, int network_cycles) {
  const auto part = [](const char* name, const Cost& cost, int cycles) {
    return Json{{"name", name}, {"lut", cost.lut}, {"ff", cost.flip_flops}, {"latency_cycles", cycles}};
  };
  Json cost = cost_to_json(joined_costs(search, network));
  cost["parts"] = {part("search", search, search_cycles), part("network", network, network_cycles)};
  return cost;
}

/// Empty, full, sparse and dense images.
std::vector<std::int64_t> random_image(const WindowSearchShape& s, std::size_t index) {
  Random random(1, RandomStream::verify, index);
  const double density = index == 0 ? 0 : index == 1 ? 1 : index % 3 == 0 ? random.uniform() : 0.01;
  std::vector<std::int64_t> image(static_cast<std::size_t>(s.rows * s.cols));
  for (std::int64_t& hit : image) hit = random.chance(density) ? 1 : 0;
  return image;
}

Vectors chain_vectors(const ChainInput& c, const Program& network, const Design& design) {
  Vectors vectors;
  vectors.events = vector_events;
  const std::vector<int> in_bits(static_cast<std::size_t>(design.inputs), 1);
  std::vector<int> out_bits;
  for (const Format& f : design.outputs) out_bits.push_back(f.bits);
  for (std::size_t event = 0; event < vector_events; ++event) {
    const std::vector<std::int64_t> image = random_image(c.shape, event), stimuli = chain_stimuli(c.shape, image);
    for (auto at = stimuli.begin(); at != stimuli.end(); at += design.inputs)
      vectors.inputs += packed_hex({at, at + design.inputs}, in_bits) + "\n";
    const FoundWindow found = run_window_search(c.shape, c.search.chunks, c.search.cells, image);
    vectors.outputs += packed_hex(apply(c.rule, interpret(network, found.cells), found.start), out_bits) + "\n";
  }
  return vectors;
}

}  // namespace

std::vector<std::int64_t> chain_stimuli(const WindowSearchShape& s, const std::vector<std::int64_t>& image) {
  std::vector<std::int64_t> stimuli;
  for (int k = 0; k < s.chunks(); ++k) {
    const std::vector<std::int64_t> hits = chunk_hits(s, image, k);
    stimuli.insert(stimuli.end(), hits.begin(), hits.end());
    stimuli.push_back(k == 0 ? 1 : 0);
  }
  return stimuli;
}

Design write_chain(const std::filesystem::path& folder, const ChainInput& c, const Design& network,
                   const CompileResult& compiled) {
  Design design = network;
  design.top = network.top + "_chain";
  const std::string search = design.top + "_search";
  const WindowSearchFiles files = write_window_search(folder, c.shape, c.search, search);
  design.hashes.insert(files.hashes.begin(), files.hashes.end());
  design.files.insert(design.files.end(), files.files.begin(), files.files.end());
  design.files.push_back(design.top + ".sv");
  design.interval_cycles = std::max(c.shape.interval_cycles, network.interval_cycles);
  design.chunks = c.shape.chunks();
  design.latency_cycles = files.latency_cycles + network.latency_cycles + 1;
  design.inputs = c.shape.rows * c.shape.chunk() + 1;
  design.input_format = {1, 0, false};
  design.input_range = {0, 1};
  design.outputs = word_formats(c.rule);
  design.cost = chain_cost(c.search_cost, compiled.cost, files.latency_cycles, network.latency_cycles);
  design.chain = {{"shape", shape_json(c.shape)},
                  {"rule", rule_json(c.rule)},
                  {"search", search},
                  {"search_cycles", files.latency_cycles}};
  const auto write = [&](const std::string& file, const std::string& text) {
    write_design_file(folder, design.hashes, file, text);
  };
  write(design.files.back(), chain_module(design, network, c.shape, c.rule));
  write("chain.h", chain_cpp(network, c.shape, c.rule));
  const Vectors vectors = chain_vectors(c, compiled.program, design);
  write(input_vectors_file, vectors.inputs);
  write(output_vectors_file, vectors.outputs);
  for (const std::string& file : {network.testbench, network.top + ".vhd"})
    remove_design_file(folder, design.hashes, file);
  write(design.top + ".vhd", vhdl_wrapper(design));
  design.testbench = "tb_" + design.top + ".sv";
  write(design.testbench, testbench_text(design, vectors.events));
  return design;
}

SearchPart chain_search(const Design& design) {
  const std::string where = "design.json";
  const SearchPart part{json_get<std::string>(design.chain, "search", where),
                        json_get<int>(design.chain, "search_cycles", where)};
  const std::string source = part.top + ".sv";
  if (part.top != design.top + "_search" ||
      std::find(design.files.begin(), design.files.end(), source) == design.files.end() || part.latency_cycles < 0 ||
      part.latency_cycles > design.latency_cycles)
    throw Error(where + ": impossible chain", "it does not name its window search", "Compile again");
  return part;
}

WindowSearchShape chain_shape(const Design& design) {
  const std::string where = "design.json";
  const Json s = json_get<Json>(design.chain, "shape", where);
  const auto get = [&](const char* key) { return json_get<int>(s, key, where); };
  WindowSearchShape shape{get("rows"),      get("cols"),      get("window"),   get("stride"),
                          get("pool_rows"), get("pool_cols"), get("interval"), get("cell_groups")};
  check(shape);
  if (shape.chunks() != design.chunks || design.inputs != shape.rows * shape.chunk() + 1)
    throw Error(where + ": impossible chain", "its chunks do not fit its image", "Compile again");
  return shape;
}

TriggerRule chain_rule(const Design& design) {
  const std::string where = "design.json";
  const Json r = json_get<Json>(design.chain, "rule", where);
  const auto format = [&](const char* key) { return parse_format(json_get<std::string>(r, key, where), where); };
  TriggerRule rule;
  rule.pt_output = json_get<std::size_t>(r, "pt_output", where);
  if (const Json eta = json_get<Json>(r, "eta_output", where); !eta.is_null())
    rule.eta_output = json_get<std::size_t>(r, "eta_output", where);
  rule.pt = format("pt");
  rule.eta = format("eta");
  rule.largest_rejected = json_get<std::int64_t>(r, "largest_rejected", where);
  rule.eta_factor = json_get<std::int64_t>(r, "eta_factor", where);
  rule.start_shift = json_get<int>(r, "start_shift", where);
  rule.position = format("position");
  constexpr std::int64_t largest_factor = 1 << 30;
  if (rule.pt.bits > 32 || rule.eta.bits > 32 || rule.start_shift < 0 || rule.start_shift > 32 || rule.eta_factor < 1 ||
      rule.eta_factor > largest_factor)
    throw Error(where + ": impossible chain", "a number of its rule is out of range", "Compile again");
  return rule;
}

}  // namespace lutra
