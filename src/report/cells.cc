#include "report/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/fields.h"
#include "report/html.h"
#include "report/resources.h"

namespace lutra {
namespace {

constexpr const char* nothing = "-";

Cell with_bounds(const std::optional<double>& value, const Bounds& bounds, const std::string& shown,
                 const std::string& range) {
  if (!value) return {nothing, {}, {}, {}};
  if (!bounds.lo || !bounds.hi) return {shown, value, {}, {}};
  return {shown, value, bounds.lo, bounds.hi, range};
}

/// Percent with one more decimal where it would say 0.0.
int percent_decimals(double fraction, int decimals) {
  return fraction > 0 && 100 * fraction < std::pow(10, 1 - decimals) ? decimals + 1 : decimals;
}

/// Decimals that show two digits of an error.
int decimals_of(double error) {
  return error > 0 ? std::clamp(1 - static_cast<int>(std::floor(std::log10(error))), 0, 6) : 2;
}

}  // namespace

Cell text_cell(const std::string& text) { return {text, {}, {}, {}}; }

Cell number_cell(std::optional<double> value, int digits) {
  return {value ? number_text(*value, digits) : nothing, value, {}, {}};
}

Cell percent_cell(std::optional<double> fraction, int decimals) {
  return {fraction ? percent_text(*fraction, percent_decimals(*fraction, decimals)) : nothing, fraction, {}, {}};
}

Cell fraction_cell(const Json& object, const std::string& key, const std::string& where, int least) {
  const std::optional<double> value = maybe_number(object, key, where);
  const int decimals = percent_decimals(value.value_or(0), least);
  const Bounds bounds = maybe_bounds(object, key + "_interval", where);
  const std::string range =
      fmt::format("{:.{}f} - {:.{}f}", 100 * bounds.lo.value_or(0), decimals, 100 * bounds.hi.value_or(0), decimals);
  return with_bounds(value, bounds, percent_text(value.value_or(0), decimals), range);
}

Cell estimate_cell(const Json& object, const std::string& key, const std::string& where, int digits) {
  const std::optional<double> value = maybe_number(object, key, where);
  const Bounds bounds = maybe_bounds(object, key + "_interval", where);
  const std::string range =
      fmt::format("{} - {}", number_text(bounds.lo.value_or(0), digits), number_text(bounds.hi.value_or(0), digits));
  return with_bounds(value, bounds, number_text(value.value_or(0), digits), range);
}

std::string plus_minus_text(double value, double error, int most_decimals) {
  const int decimals = std::min(decimals_of(error), most_decimals);
  return fmt::format("{:.{}f} ± {:.{}f}", value, decimals, error, decimals);
}

Cell plus_minus_cell(const Json& object, const std::string& key, const std::string& where, const Shown& shown) {
  const std::optional<double> value = maybe_number(object, key, where);
  const Bounds bounds = maybe_bounds(object, key + "_interval", where);
  if (!value) return {nothing, {}, {}, {}};
  if (!bounds.lo || !bounds.hi) return {number_text(*value / shown.unit), value, {}, {}};
  const double error = (*bounds.hi - *bounds.lo) / 2 / shown.unit;
  return {plus_minus_text(*value / shown.unit, error, shown.most_decimals), value, bounds.lo, bounds.hi};
}

Cell count_cell(const Json& hardware, const std::string& key, const std::string& where) {
  const std::optional<double> count = maybe_number(hardware, key, where);
  return {count ? count_text(*count, is_estimated(hardware, where)) : nothing, count, {}, {}};
}

}  // namespace lutra
