#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/artifact.h"
#include "fixed/format.h"
#include "fixed/interval.h"

namespace lutra {

/// What `lutra compile` leaves in its folder, described in design.json: enough to drive, simulate and synthesise the
/// module without reading its text.
///
/// Ports of the top module (all synchronous to clk, rst synchronous and active high, resets the valid pipeline only):
///   input  logic clk, rst, in_valid
///   input  logic [inputs x input_format.bits - 1 : 0] in_data    element i at bits [i x bits +: bits]
///   output logic out_valid                                        latency_cycles after its in_valid
///   output logic [sum of output bits - 1 : 0] out_data            outputs packed from bit 0 upwards, in order
/// An in_valid may come every `interval_cycles` clocks. The inputs of an event of several `chunks` come in so many
/// consecutive clocks, and latency_cycles counts from the last; the next event may begin interval_cycles after the
/// first.
struct Design {
  std::string top;
  double clock_ns = 2;
  int interval_cycles = 1;
  int latency_cycles = 0;
  int chunks = 1;  // absent in the files of older programs, as is `chain`
  int inputs = 0;  // per chunk
  Format input_format;
  Interval input_range;  // of every input; the design is right for no others
  std::vector<Format> outputs;
  std::vector<std::string> files;  // SystemVerilog sources, relative to the folder, in compile order
  std::string testbench;           // self-checking testbench, relative; not among files
  std::string network_hash;        // hash_bytes of the canonical network JSON it was compiled from
  Json cost;                       // estimates by layer and stage: see docs/formats.md
  Json chain;                      // null, or what the whole trigger around the network does: chain/chain.h
};

inline constexpr ArtifactKind design_kind{"design", 1};

void write_design(const std::filesystem::path& folder, const Design& design, const Json& config);

struct DesignFile {
  Design design;
  Json config;
};
/// Error when design.json is missing, damaged, or names files that are not there.
DesignFile read_design(const std::filesystem::path& folder);

}  // namespace lutra
