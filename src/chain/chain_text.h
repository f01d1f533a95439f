#pragma once
#include <string>

#include "chain/trigger_rule.h"
#include "chain/window_search.h"
#include "rtl/design.h"

namespace lutra {

/// The top module of a chain: search, network, position and decision.
std::string chain_module(const Design& chain, const Design& network, const WindowSearchShape& shape,
                         const TriggerRule& rule);

/// C++ header with a bit-exact model of the whole chain, beside the network's model.h; nothing else is needed.
std::string chain_cpp(const Design& network, const WindowSearchShape& shape, const TriggerRule& rule);

}  // namespace lutra
