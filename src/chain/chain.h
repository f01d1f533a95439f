#pragma once
#include <filesystem>

#include "chain/trigger_rule.h"
#include "chain/window_search_rtl.h"
#include "rtl/design.h"
#include "rtl/write_rtl.h"

namespace lutra {

/// The whole trigger: raw hits, window search, network, position in the image, decision.
struct ChainInput {
  WindowSearchShape shape;
  WindowSearchPrograms search;
  Json search_cost;  // of both programs, as estimate_cost() gives it
  TriggerRule rule;
};

/// Costs as estimate_cost() gives them, of two circuits of which one feeds the other: sums, their layers and stages in
/// order (every one numbers its stages from 0), the slower critical path.
Json joined_costs(const Json& first, const Json& second);

/// Adds the chain to a folder that holds the network alone (`network` as write_rtl() returned it) and describes both as
/// one design: chunks of hits in, each image as Design::chunks consecutive in_valid clocks, whose first has the element
/// after the hits set; words() of the rule out. `program` is the network's, for vectors and the C++ model.
Design write_chain(const std::filesystem::path& folder, const ChainInput& chain, const Design& network,
                   const Program& program);

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
