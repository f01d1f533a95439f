#pragma once
#include <set>
#include <string>

#include "report/page.h"

namespace lutra {

/// Appends one row per measured bin of metrics["efficiency"] under the name `series`. Error when values, intervals and
/// bins do not fit each other.
void add_turn_on(Json& rows, const std::string& series, const Json& metrics, const std::string& where);

/// The same for the published 4-bit student.
void add_published_turn_on(Json& rows);

/// The plot of such rows, with the threshold marked; series in `off` start switched off.
Figure turn_on_figure(const std::string& id, const std::string& caption, Json rows, double threshold_gev,
                      const std::set<std::string>& off = {});

}  // namespace lutra
