#pragma once
#include <string>

#include "base/json.h"

namespace lutra {

/// JSON as it may stand inside <script type="application/json">: ASCII only, no '<', so it cannot end the script.
std::string escape_script_json(const Json& json);

/// A number for people: `digits` significant digits, thousands separated by commas, e.g. "0.0123", "1,728,000".
/// "n/a" for NaN.
std::string number_text(double value, int digits = 3);

/// "17,220"; an estimate is not known better than to three digits; larger ones as "398 million", "1.36 billion".
std::string count_text(double count, bool estimated);

/// A fraction in percent with at most `decimals` decimals: "95.3 %".
std::string percent_text(double fraction, int decimals = 1);

}  // namespace lutra
