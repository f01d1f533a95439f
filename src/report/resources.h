#pragma once
#include <optional>
#include <string>
#include <vector>

#include "report/page.h"

namespace lutra {

/// A row of hardware numbers is an object like synth.json: {lut, ff, dsp, bram, latency_cycles, latency_ns or clock_ns,
/// interval_cycles, flow, estimated}; every number may be missing.

/// Whether a cost model said it, no synthesis.
bool is_estimated(const Json& row, const std::string& where);

/// Columns of resource_cells, after a first one for the name.
std::vector<TableColumn> resource_columns();

/// The cells of one row, without its name. Counts carry their share of the device, the latency its cycles; what exceeds
/// the device is marked "does not fit", what a cost model said is marked "estimate".
std::vector<Cell> resource_cells(const Json& row, const std::string& where);

std::optional<double> latency_ns(const Json& row, const std::string& where);

/// Whether every known resource is within the device; nothing when none is known.
std::optional<bool> fits_device(const Json& row, const std::string& where);

}  // namespace lutra
