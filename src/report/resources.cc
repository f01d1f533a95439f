#include "report/resources.h"

#include <fmt/format.h>

#include <array>

#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/published.h"

namespace lutra {
namespace {

constexpr std::array resources = {"lut", "ff", "dsp", "bram"};

double share_of_device(double count, const char* resource) { return count / device().at(resource).get<double>(); }

/// "29,500 (1.71 %)".
Cell resource_cell(const Json& row, const char* resource, const std::string& where) {
  const std::optional<double> count = maybe_number(row, resource, where);
  if (!count) return text_cell("-");
  if (*count == 0) return number_cell(count);
  const std::string share = number_text(100 * share_of_device(*count, resource), 2);
  return {fmt::format("{} ({} %)", number_text(*count), share), count, {}, {}};
}

std::string flow_text(const Json& row, const std::string& where) {
  std::string text = row.contains("tool") ? json_get<std::string>(row, "tool", where) : "";
  if (row.contains("flow")) text += (text.empty() ? "" : ", ") + json_get<std::string>(row, "flow", where);
  if (row.contains("estimated") && json_get<bool>(row, "estimated", where))
    text += (text.empty() ? "" : "; ") + std::string("estimate");
  if (fits_device(row, where) == false) text += (text.empty() ? "" : "; ") + std::string("does not fit");
  return text.empty() ? "-" : text;
}

}  // namespace

std::vector<TableColumn> resource_columns() {
  return {{"network", ""}, {"LUT", ""},           {"FF", ""},        {"DSP", ""},
          {"BRAM", ""},    {"latency", "cycles"}, {"latency", "ns"}, {"interval", "cycles"},
          {"flow", ""}};
}

std::vector<Cell> resource_cells(const Json& row, const std::string& where) {
  std::vector<Cell> cells;
  for (const char* resource : resources) cells.push_back(resource_cell(row, resource, where));
  cells.push_back(number_cell(maybe_number(row, "latency_cycles", where)));
  cells.push_back(number_cell(latency_ns(row, where)));
  cells.push_back(number_cell(maybe_number(row, "interval_cycles", where)));
  cells.push_back(text_cell(flow_text(row, where)));
  return cells;
}

std::optional<double> latency_ns(const Json& row, const std::string& where) {
  if (const auto given = maybe_number(row, "latency_ns", where)) return given;
  const auto cycles = maybe_number(row, "latency_cycles", where);
  const auto clock = maybe_number(row, "clock_ns", where);
  return cycles && clock ? std::optional(*cycles * *clock) : std::nullopt;
}

std::optional<bool> fits_device(const Json& row, const std::string& where) {
  std::optional<bool> fits;
  for (const char* resource : resources)
    if (const auto count = maybe_number(row, resource, where))
      fits = fits.value_or(true) && share_of_device(*count, resource) <= 1;
  return fits;
}

}  // namespace lutra
