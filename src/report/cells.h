#pragma once
#include <optional>
#include <string>

#include "base/json.h"
#include "report/page.h"

namespace lutra {

/// Cells of a table, from numbers of artifacts; "-" where there is none.
Cell text_cell(const std::string& text);
Cell number_cell(std::optional<double> value, int digits = 3);
Cell percent_cell(std::optional<double> fraction, int decimals = 1);

/// A fraction with its interval from keys `key` and `key`_interval: "95.3 % (94.8 - 95.7)".
Cell fraction_cell(const Json& object, const std::string& key, const std::string& where, int decimals = 1);

/// Another number with its interval: "0.112 (0.111 - 0.114)".
Cell estimate_cell(const Json& object, const std::string& key, const std::string& where, int digits = 3);

}  // namespace lutra
