#pragma once
#include <string>
#include <vector>

#include "report/network_summary.h"

namespace lutra {

/// The network as an <svg>: every layer's output drawn to scale (rows x columns, channels stacked), with its facts
/// below. Rows of at most six layers. Texts are escaped. At least one layer.
std::string draw_network(const std::vector<LayerSummary>& layers);

/// "6 x 7 x 14", or "10" for a vector, "?" when not known.
std::string shape_text(const LayerSummary& layer);

}  // namespace lutra
