#include "base/target.h"

#include <cmath>

#include "base/error.h"
#include "base/name.h"

namespace lutra {

Json targets_to_json(const std::vector<Target>& targets) {
  Json list = Json::array();
  for (const Target& t : targets)
    list.push_back({{"name", t.name}, {"unit", t.unit}, {"lo", t.lo}, {"hi", t.hi}, {"step", t.step}});
  return list;
}

std::vector<Target> targets_from_json(const Json& json, const std::string& where) {
  if (!json.is_array()) throw Error(where + ": targets must be a list", "", "");
  std::vector<Target> targets;
  for (const Json& item : json) {
    json_only_keys(item, {"name", "unit", "lo", "hi", "step"}, where + ": target");
    Target t{json_get<std::string>(item, "name", where), json_get<std::string>(item, "unit", where),
             json_get<double>(item, "lo", where), json_get<double>(item, "hi", where),
             json_get<double>(item, "step", where)};
    check_name(t.name, where, "a target");
    if (!(t.hi > t.lo)) throw Error(where + ": target \"" + t.name + "\" has hi <= lo", "", "");
    targets.push_back(std::move(t));
  }
  return targets;
}

}  // namespace lutra
