#include "report/plot.h"

#include <algorithm>
#include <string>
#include <vector>

#include "report/embedded.h"

namespace lutra {
namespace {

std::vector<std::string> series_of(const Json& rows) {
  std::vector<std::string> names;
  for (const Json& row : rows) {
    const auto name = row.at("series").get<std::string>();
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

Json selected(const std::vector<std::string>& names, const std::set<std::string>& off) {
  Json list = Json::array();
  for (const std::string& name : names)
    if (!off.contains(name)) list.push_back({{"series", name}});
  return list;
}

/// As many as stand side by side above a plot.
int legend_columns(const std::vector<std::string>& names, double plot_width) {
  constexpr double letter = 5.9, symbol = 24, beside_plot = 60;  // pixels
  std::size_t longest = 1;
  for (const std::string& name : names) longest = std::max(longest, name.size());
  return std::clamp(static_cast<int>((plot_width + beside_plot) / (letter * static_cast<double>(longest) + symbol)), 1,
                    6);
}

}  // namespace

Json plot(std::string_view name, Json rows, const std::set<std::string>& off) {
  Json spec = Json::parse(embedded_file(std::string(name) + ".vl.json"));
  if (spec.contains("params")) {
    const std::vector<std::string> names = series_of(rows);
    spec["params"][0]["value"] = selected(names, off);
    spec["encoding"]["color"]["legend"]["columns"] = legend_columns(names, spec.value("width", 400.0));
  }
  spec["data"]["values"] = std::move(rows);
  return spec;
}

void add_limit(Json& spec, double value) {
  Json line = Json::parse(embedded_file("limit.vl.json"));
  line["encoding"]["y"]["datum"] = value;
  spec["layer"].push_back(std::move(line));
}

}  // namespace lutra
