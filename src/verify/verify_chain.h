#pragma once
#include "event/event.h"
#include "fragment/config.h"
#include "verify/verify.h"

namespace lutra {

/// Runs a whole trigger (a design with a chain, chain/chain.h) on raw hits and compares pT, position and decision with
/// the software: fragment(), the evaluator, the trigger rule. After the given events come empty and full images, two
/// windows that hold equally many hits, and random images of every occupancy. Error when design, network and events do
/// not belong together.
VerifyResult verify_chain(const Network& network, const Design& design, const std::filesystem::path& folder,
                          const EventBatch& given, const VerifyOptions& options, const Progress& progress);

}  // namespace lutra
