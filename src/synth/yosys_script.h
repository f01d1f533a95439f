#pragma once
#include <string>
#include <vector>

namespace lutra {

/// How adders reach the mapper.
enum class SynthFlow {
  /// Every adder of the RTL becomes its own carry chain. What Lutra reports.
  frozen_adders,
  /// Yosys as it comes: its alumacc pass merges chains of adders into carry-save trees that map to many more LUTs.
  plain,
};
std::string to_string(SynthFlow flow);
SynthFlow parse_synth_flow(const std::string& text, const std::string& where);

/// Verilog map file that turns each $add, $sub and $neg into one $alu cell, which alumacc leaves alone.
extern const char* const freeze_adders_map;

/// Name under which the script looks for freeze_adders_map, in the folder Yosys runs in.
inline constexpr const char* freeze_adders_file = "freeze_adders.v";

/// Commands that synthesise the design Yosys has read, in steps so that progress can be shown. No DSP, no block RAM, no
/// shift registers: only LUTs, carry chains and flip-flops.
std::vector<std::string> synthesis_steps(const std::string& top, const std::string& family, SynthFlow flow);

}  // namespace lutra
