#pragma once
#include <memory>
#include <span>

#include "model/evaluate.h"
#include "verify/stream.h"
#include "verify/verify.h"

namespace lutra {

/// The events of verify_rtl(): given ones, corner inputs, random ones. `evaluator` is that of the network and, as
/// `given`, must outlive the stream. Errors as verify_rtl().
std::unique_ptr<VerifyStream> network_stream(const Evaluator& evaluator, const Network& network,
                                             std::span<const std::int16_t> given, const Design& design,
                                             const VerifyOptions& options);

}  // namespace lutra
