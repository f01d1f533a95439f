#include "report/plot.h"

#include <set>
#include <string>

#include "report/embedded.h"

namespace lutra {
namespace {

Json every_series(const Json& rows) {
  std::set<std::string> seen;
  Json list = Json::array();
  for (const Json& row : rows) {
    const Json& series = row.at("series");
    if (seen.insert(series.get<std::string>()).second) list.push_back({{"series", series}});
  }
  return list;
}

}  // namespace

Json plot(std::string_view name, Json rows) {
  Json spec = Json::parse(embedded_file(std::string(name) + ".vl.json"));
  if (spec.contains("params")) spec["params"][0]["value"] = every_series(rows);
  spec["data"]["values"] = std::move(rows);
  return spec;
}

void add_limit(Json& spec, double value) {
  Json line = Json::parse(embedded_file("limit.vl.json"));
  line["encoding"]["y"]["datum"] = value;
  spec["layer"].push_back(std::move(line));
}

}  // namespace lutra
