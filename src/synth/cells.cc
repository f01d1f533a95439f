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

/// k for LUTk, 6 for a LUT6_2 (one LUT with both its outputs in use), 0 for others.
std::size_t lut_size(const std::string& type) {
  if (type == "LUT6_2") return 6;
  const bool is_lut = type.size() == 4 && type.starts_with("LUT") && type[3] >= '1' && type[3] <= '6';
  return is_lut ? static_cast<std::size_t>(type[3] - '0') : 0;
}

void add_cells(CellCounts& counts, const std::string& type, std::int64_t number) {
  if (const std::size_t size = lut_size(type); size > 0) {
    counts.lut_by_size[size] += number;
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
  constexpr std::int64_t most = 1'000'000'000;  // of a kind: no sum overflows
  for (const auto& [type, number] : types.items()) {
    const auto count = json_get<std::int64_t>(types, type, "Yosys statistics");
    if (count < 0 || count > most)
      throw Error("Yosys statistics: an impossible number of \"" + type + "\"", std::to_string(count), "");
    add_cells(counts, type, count);
  }
  return counts;
}

}  // namespace lutra
