#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "base/json.h"

namespace lutra {

/// Cells of a netlist mapped to UltraScale+ by Yosys.
struct CellCounts {
  std::array<std::int64_t, 7> lut_by_size{};  // [k]: LUTk; [0] unused; a LUT6_2 is one LUT6
  std::int64_t inverters = 0;                 // INV: not among the LUTs; a LUT1 each if the vendor tool keeps them
  std::int64_t ff = 0;                        // FDRE, FDSE, FDCE, FDPE
  std::int64_t latches = 0;
  std::int64_t carry = 0;   // CARRY4: four bits of carry chain; a CARRY8 counts twice
  std::int64_t muxf = 0;    // MUXF7, MUXF8, MUXF9
  std::int64_t srl = 0;     // shift registers in LUTs
  std::int64_t lutram = 0;  // memories in LUTs
  std::int64_t dsp = 0;
  std::int64_t bram18 = 0;  // RAMB18; a RAMB36 counts twice

  std::int64_t lut() const;  // sum of LUT1 .. LUT6
};

/// Counts the cells of module `top` in what `stat -json` printed. Error when the module is missing or a cell is of no
/// known kind: then it was not mapped.
CellCounts count_cells(const Json& stat, const std::string& top);

}  // namespace lutra
