#pragma once
#include <set>
#include <string>
#include <string_view>

#include "base/json.h"

namespace lutra {

/// The embedded Vega-Lite template `name` (plots/NAME.vl.json) filled with rows. When it has a selection "shown", all
/// values of the rows' "series" but those in `off` start switched on, so that a click on a legend entry switches that
/// one.
Json plot(std::string_view name, Json rows, const std::set<std::string>& off = {});

/// Adds a dashed horizontal line at `value` to a layered plot.
void add_limit(Json& spec, double value);

}  // namespace lutra
