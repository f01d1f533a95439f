#pragma once
#include <string>
#include <vector>

#include "rtl/design.h"

namespace lutra {

/// One script or constraint file, to be put beside the RTL.
struct ProjectFile {
  std::string name;
  std::string text;
};

/// Scripts with which anybody can synthesise and implement a design out of context, without Lutra:
///   vivado.tcl, vivado.xdc      Vivado, on the named device (synth/device.h); leaves reports after synthesis,
///   placement, routing quartus.tcl, quartus.sdc    Quartus, on an Arria 10, with virtual pins yosys.ys,
///   freeze_adders.v   Yosys, the flow of synthesise()
/// Constraints: the design's clock with an uncertainty of 10 % of its period, and 10 % of it at inputs and outputs for
/// the wires outside.
std::vector<ProjectFile> vendor_projects(const Design& design, const std::string& device);

}  // namespace lutra
