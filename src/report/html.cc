#include "report/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lutra {
namespace {

/// 1234567 -> 1,234,567; only the digits before the point are grouped.
std::string grouped(std::string digits) {
  const std::size_t start = digits.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > start + 3;) digits.insert(at -= 3, ",");
  return digits;
}

}  // namespace

std::string escape_script_json(const Json& json) {
  std::string safe;
  for (const char c : json.dump(-1, ' ', true, Json::error_handler_t::replace))
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  return safe;
}

std::string number_text(double value, int digits) {
  if (!std::isfinite(value)) return "n/a";
  const double size = std::abs(value);
  if (size != 0 && size < 1e-4) return fmt::format("{:.{}g}", value, digits);
  const int before_point = size < 1 ? 0 : static_cast<int>(std::floor(std::log10(size))) + 1;
  const int leading_zeros = size == 0 || size >= 1 ? 0 : -static_cast<int>(std::floor(std::log10(size))) - 1;
  const bool whole = value == std::round(value);
  const int decimals = whole ? 0 : std::max(0, digits - before_point + leading_zeros);
  return grouped(fmt::format("{:.{}f}", value, decimals));
}

std::string percent_text(double fraction, int decimals) {
  if (!std::isfinite(fraction)) return "n/a";
  return fmt::format("{:.{}f} %", 100 * fraction, decimals);
}

std::string count_text(double count, bool estimated) {
  if (count >= 1e9) return number_text(count / 1e9) + " billion";
  if (count >= 1e6) return number_text(count / 1e6) + " million";
  if (!estimated || count < 1000) return number_text(std::round(count));
  const double unit = std::pow(10, std::floor(std::log10(count)) - 2);
  return number_text(std::round(count / unit) * unit);
}

}  // namespace lutra
