#pragma once
#include <optional>

#include "chain/chain.h"
#include "compile/compile.h"
#include "event/event.h"
#include "fragment/config.h"
#include "model/network.h"

namespace lutra {

/// What is asked of a whole trigger.
struct ChainRequest {
  ImageShape image;
  FragmentConfig fragment;  // how images become inputs of the network
  CompileOptions compile;
  /// Clocks between images, for network and search. When none is given, the network takes them as `compile` says, and
  /// the search no more than one per bunch crossing.
  std::optional<int> interval;
  double threshold_gev = 10;  // on pT
};

/// A whole trigger that is ready to be written: write_rtl() and write_chain().
struct CompiledChain {
  CompileOptions options;  // that the network was compiled with
  CompileResult network;
  ChainInput around;
};

/// Compiles the search, the network and the decision. The network's inputs are taken to be counts of hits, unless
/// compile.input_max says more. Error when the network reads something else than fragments of such images, or its
/// targets make no decision (make_trigger_rule()).
CompiledChain compile_chain(const Network& network, const ChainRequest& request, const Progress& progress);

}  // namespace lutra
