#include "report/cells.h"

#include <fmt/format.h>

#include "report/fields.h"
#include "report/html.h"

namespace lutra {
namespace {

constexpr const char* nothing = "-";

Cell with_bounds(const std::optional<double>& value, const Bounds& bounds, const std::string& shown,
                 const std::string& range) {
  if (!value) return {nothing, {}, {}, {}};
  if (!bounds.lo || !bounds.hi) return {shown, value, {}, {}};
  return {shown + " " + range, value, bounds.lo, bounds.hi};
}

}  // namespace

Cell text_cell(const std::string& text) { return {text, {}, {}, {}}; }

Cell number_cell(std::optional<double> value, int digits) {
  return {value ? number_text(*value, digits) : nothing, value, {}, {}};
}

Cell percent_cell(std::optional<double> fraction, int decimals) {
  return {fraction ? percent_text(*fraction, decimals) : nothing, fraction, {}, {}};
}

Cell fraction_cell(const Json& object, const std::string& key, const std::string& where, int decimals) {
  const std::optional<double> value = maybe_number(object, key, where);
  const Bounds bounds = maybe_bounds(object, key + "_interval", where);
  const std::string range =
      fmt::format("({:.{}f} - {:.{}f})", 100 * bounds.lo.value_or(0), decimals, 100 * bounds.hi.value_or(0), decimals);
  return with_bounds(value, bounds, percent_text(value.value_or(0), decimals), range);
}

Cell estimate_cell(const Json& object, const std::string& key, const std::string& where, int digits) {
  const std::optional<double> value = maybe_number(object, key, where);
  const Bounds bounds = maybe_bounds(object, key + "_interval", where);
  const std::string range =
      fmt::format("({} - {})", number_text(bounds.lo.value_or(0), digits), number_text(bounds.hi.value_or(0), digits));
  return with_bounds(value, bounds, number_text(value.value_or(0), digits), range);
}

}  // namespace lutra
