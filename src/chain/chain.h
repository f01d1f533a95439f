#pragma once
#include <filesystem>

#include "chain/trigger_rule.h"
#include "chain/window_search_rtl.h"
#include "compile/compile.h"
#include "rtl/design.h"
#include "rtl/write_rtl.h"

namespace lutra {

/// The whole trigger: raw hits, window search, network, position in the image, decision.
struct ChainInput {
  WindowSearchShape shape;
  WindowSearchPrograms search;
  Cost search_cost;  // of both programs
  TriggerRule rule;
};

/// Adds the chain to a folder that holds the network alone (`network` as write_rtl() returned it) and describes both as
/// one design: chunks of hits in, each image as Design::chunks consecutive in_valid clocks, whose first has the element
/// after the hits set; words() of the rule out. `compiled` is the network.
Design write_chain(const std::filesystem::path& folder, const ChainInput& chain, const Design& network,
                   const CompileResult& compiled);

/// Shape and rule of a design that is a chain, from design.json. Error when it is none or damaged.
WindowSearchShape chain_shape(const Design& design);
TriggerRule chain_rule(const Design& design);

/// The module of the window search alone, and its latency. Error as above.
struct SearchPart {
  std::string top;
  int latency_cycles = 0;
};
SearchPart chain_search(const Design& design);

/// The stream of chunks of an image [rows][cols]: [chunks][Design::inputs].
std::vector<std::int64_t> chain_stimuli(const WindowSearchShape& shape, const std::vector<std::int64_t>& image);

}  // namespace lutra
