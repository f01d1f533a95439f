#include "synth/cells.h"

#include <numeric>

#include "base/error.h"

namespace lutra {
namespace {

/// How a cell type counts: `what` += weight.
struct CellKind {
  const char* prefix;
  std::int64_t CellCounts::*what;
  std::int64_t weight;
};

// First match wins.
constexpr CellKind kinds[] = {
    {"INV", &CellCounts::inverters, 1}, {"FD", &CellCounts::ff, 1},         {"LD", &CellCounts::latches, 1},
    {"CARRY4", &CellCounts::carry, 1},  {"CARRY8", &CellCounts::carry, 2},  {"MUXF", &CellCounts::muxf, 1},
    {"SRL", &CellCounts::srl, 1},       {"RAMB18", &CellCounts::bram18, 1}, {"RAMB36", &CellCounts::bram18, 2},
    {"RAM", &CellCounts::lutram, 1},    {"DSP48", &CellCounts::dsp, 1},
};
// Cells that use no logic.
constexpr const char* free_cells[] = {"BUFG", "GND", "VCC", "IBUF", "OBUF", "$scopeinfo"};

/// LUT1 .. LUT6, and LUT6_2: one LUT with both outputs in use.
bool is_lut(const std::string& type) {
  return (type.size() == 4 || type == "LUT6_2") && type.starts_with("LUT") && type[3] >= '1' && type[3] <= '6';
}

void add_cells(CellCounts& counts, const std::string& type, std::int64_t number) {
  if (is_lut(type)) {
    counts.lut_by_size[static_cast<std::size_t>(type[3] - '0')] += number;
    return;
  }
  for (const CellKind& kind : kinds) {
    if (!type.starts_with(kind.prefix)) continue;
    counts.*kind.what += kind.weight * number;
    return;
  }
  for (const char* name : free_cells)
    if (type == name) return;
  throw Error("Yosys left a cell that is not of the device", std::to_string(number) + " x " + type,
              "The design uses something that cannot be mapped; report this with the RTL");
}

}  // namespace

std::int64_t CellCounts::lut() const {
  return std::accumulate(lut_by_size.begin() + 1, lut_by_size.end(), std::int64_t{0});
}

CellCounts count_cells(const Json& stat, const std::string& top) {
  const Json modules = json_get<Json>(stat, "modules", "Yosys statistics");
  const Json module = json_get<Json>(modules, "\\" + top, "Yosys statistics");
  const Json types = json_get<Json>(module, "num_cells_by_type", "Yosys statistics");
  CellCounts counts;
  for (const auto& [type, number] : types.items())
    add_cells(counts, type, json_get<std::int64_t>(types, type, "Yosys statistics"));
  return counts;
}

}  // namespace lutra
