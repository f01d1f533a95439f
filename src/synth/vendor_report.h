#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/json.h"

namespace lutra {

/// What a vendor tool says a design uses. Absent: the report has no such row.
struct VendorUtilisation {
  std::string tool;  // "Vivado v.2022.1 ..." or "Quartus Prime Version 18.1..."
  std::string device;
  std::string state;  // "Synthesized", "Fully Placed", "Routed", ... as the tool says it
  std::optional<double> lut, lut_logic, lut_memory, ff, carry8, dsp, bram36, uram;  // AMD
  std::optional<double> alm, ram_blocks;                                            // Intel
};

/// What a vendor tool says about the clock.
struct VendorTiming {
  double fmax_mhz = 0;
  std::optional<double> period_ns;  // of the constraint
  std::optional<double> wns_ns;     // worst negative slack; positive: met
};

/// From report_utilization of Vivado (both layouts: four numbers a row, five since 2021). Error when it has no LUT row.
VendorUtilisation parse_vivado_utilisation(const std::string& text, const std::string& where);

/// From report_timing_summary of Vivado: Fmax = 1000 / (period - WNS), of the first clock. Error when the design was
/// not constrained (WNS "NA").
VendorTiming parse_vivado_timing(const std::string& text, const std::string& where);

/// From *.fit.rpt and *.sta.rpt of Quartus; Fmax is the least of all corners and clocks.
VendorUtilisation parse_quartus_fit(const std::string& text, const std::string& where);
VendorTiming parse_quartus_timing(const std::string& text, const std::string& where);

struct VendorReport {
  VendorUtilisation utilisation;
  std::optional<VendorTiming> timing;
};

/// Reads the reports in a folder: those of vivado.tcl (post_route, else post_place, else post_synth), or of Quartus.
/// Error when there are none.
VendorReport read_vendor_reports(const std::filesystem::path& folder);

Json vendor_to_json(const VendorReport& report);

}  // namespace lutra
