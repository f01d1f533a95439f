#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/json.h"
#include "base/progress.h"
#include "rtl/design.h"

namespace lutra {

struct PlaceOptions {
  std::uint32_t seed = 1;  // of the placer
  double timeout_s = 1800;
  std::filesystem::path work = {};  // keeps scripts, netlist and reports; empty: nothing is kept
};

/// A design placed and routed on an iCE40 HX8K: real wires on another, slower device. What carries over to UltraScale+
/// is the shape (the period grows by a constant with each adder level between registers), not the numbers.
struct PlacedDesign {
  double fmax_mhz = 0;
  std::int64_t logic_cells = 0;  // with those of the ring of registers around the design
  std::int64_t available_cells = 0;
  std::string tool;
  double seconds = 0;
  double period_ns() const { return 1000 / fmax_mhz; }
};

/// Places and routes with nextpnr-ice40, after synthesis with one carry chain per adder. Inputs and outputs, which are
/// more than the package has pins, go through shift registers. Error when a tool is missing or the design does not fit.
PlacedDesign place_ice40(const Design& design, const std::filesystem::path& folder, const PlaceOptions& options,
                         const Progress& progress);

Json placed_to_json(const PlacedDesign& placed);

}  // namespace lutra
