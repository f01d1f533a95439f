#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace lutra {

/// What an FPGA has, for shares of it.
struct Fpga {
  const char* name;    // as people say it
  const char* part;    // as Vivado says it
  const char* family;  // Yosys `synth_xilinx -family`
  std::int64_t lut;
  std::int64_t ff;
  std::int64_t carry8;
  std::int64_t dsp;
  std::int64_t bram18;
};

/// Devices of UltraScale+ that muon triggers are built with or that publications compare on (AMD DS890, product
/// tables).
std::span<const Fpga> devices();

/// Error naming the known devices when there is none of this name.
const Fpga& find_device(const std::string& name);

}  // namespace lutra
