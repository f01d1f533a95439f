#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/artifacts.h"
#include "fixed/format.h"
#include "fixed/interval.h"
#include "rtl/design_files.h"

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
  int chunks = 1;
  int inputs = 0;  // per chunk
  Format input_format;
  Interval input_range;  // of every input; the design is right for no others
  std::vector<Format> outputs;
  std::vector<std::string> files;  // SystemVerilog sources in compile order
  std::string testbench;           // self-checking testbench; not among files
  FileHashes hashes;               // of all files: sources, testbench, vectors, models, projects
  std::string network_hash;        // hash_bytes of the canonical network JSON it was compiled from
  Json cost;                       // estimates by layer and stage: see docs/formats.md
  Json chain;                      // null, or what the whole trigger around the network does: chain/chain.h
};

/// Paths of the sources, in compile order.
std::vector<std::filesystem::path> source_files(const Design& design, const std::filesystem::path& folder);

/// Version 1 had no hashes.
inline constexpr ArtifactKind design_kind = artifact_kind("design");

/// Writes design.json, last: the folder then holds this design and nothing of one that it held before.
void write_design(const std::filesystem::path& folder, const Design& design, const Json& config);

/// What to do about a folder that is not as it was written.
enum class Edits { refused, taken };

struct DesignFile {
  Design design;
  Json config;
  std::vector<Edit> edits;  // none unless they are taken
};
/// Error when design.json is missing, damaged, says what write_design() never would (a name that is no identifier, a
/// file outside the folder, a number out of range), or when a file it names is missing; when a file was edited, added
/// or is missing, naming it, unless edits are taken.
DesignFile read_design(const std::filesystem::path& folder, Edits edits = Edits::refused);

}  // namespace lutra
