#pragma once
#include "base/json.h"

namespace lutra {

/// The published study's numbers (published/published.json): source, hardware, turn_on, limits.
const Json& published();

/// The resources of the device everything is compared with (published/xcvu13p.json): name, lut, ff, dsp, bram.
const Json& device();

}  // namespace lutra
