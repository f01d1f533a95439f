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

/// A fraction with its interval from keys `key` and `key`_interval: "95.3 %" over "94.8 - 95.7".
Cell fraction_cell(const Json& object, const std::string& key, const std::string& where, int decimals = 1);

/// Another number with its interval: "0.112" over "0.111 - 0.114".
Cell estimate_cell(const Json& object, const std::string& key, const std::string& where, int digits = 3);

/// How a number with its error is written.
struct Shown {
  double unit = 1;  // 0.01: percent
  int most_decimals = 4;
};

/// "91.1 ± 0.8": two digits of the error, or fewer.
std::string plus_minus_text(double value, double error, int most_decimals);

/// The same of a number with its interval, half of whose width is the error.
Cell plus_minus_cell(const Json& object, const std::string& key, const std::string& where, const Shown& shown);

/// A count of a hardware row (resources.h), as count_text() writes it.
Cell count_cell(const Json& hardware, const std::string& key, const std::string& where);

}  // namespace lutra
