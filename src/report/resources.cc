#include "report/resources.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "report/cells.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/published.h"

namespace lutra {
namespace {

constexpr std::array resources = {"lut", "ff", "dsp", "bram"};

double share_of_device(double count, const char* resource) { return count / device().at(resource).get<double>(); }

/// "29,500" over "1.7 %".
Cell resource_cell(const Json& row, const char* resource, const std::string& where) {
  Cell cell = count_cell(row, resource, where);
  if (cell.value.value_or(0) == 0) return cell;
  const double share = 100 * share_of_device(*cell.value, resource);
  cell.range = share < 0.01   ? "< 0.01 %"
               : share < 1000 ? number_text(share, 2) + " %"
                              : number_text(share / 100, 2) + " devices";
  return cell;
}

Cell latency_cell(const Json& row, const std::string& where) {
  Cell cell = number_cell(latency_ns(row, where), 2);
  if (const auto cycles = maybe_number(row, "latency_cycles", where))
    cell.range = number_text(std::round(*cycles)) + " cycles";
  return cell;
}

/// "Yosys", "estimate", "hls4ml", ..., over what does not fit.
Cell flow_cell(const Json& row, const std::string& where) {
  std::string text = row.contains("tool")   ? json_get<std::string>(row, "tool", where)
                     : row.contains("flow") ? json_get<std::string>(row, "flow", where)
                                            : "-";
  if (is_estimated(row, where)) text = "estimate";
  if (text.starts_with("Yosys") || text == "frozen_adders") text = "Yosys";
  Cell cell = text_cell(text.substr(0, text.find(',')));
  if (fits_device(row, where) == false) cell.range = "does not fit";
  return cell;
}

}  // namespace

bool is_estimated(const Json& row, const std::string& where) {
  return row.contains("estimated") && json_get<bool>(row, "estimated", where);
}

std::vector<TableColumn> resource_columns() {
  return {{"network", ""},        {"LUT", ""}, {"FF", ""}, {"DSP", ""}, {"BRAM", ""}, {"latency", "ns"},
          {"interval", "cycles"}, {"flow", ""}};
}

std::vector<Cell> resource_cells(const Json& row, const std::string& where) {
  std::vector<Cell> cells;
  for (const char* resource : resources) cells.push_back(resource_cell(row, resource, where));
  cells.push_back(latency_cell(row, where));
  cells.push_back(number_cell(maybe_number(row, "interval_cycles", where)));
  cells.push_back(flow_cell(row, where));
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
