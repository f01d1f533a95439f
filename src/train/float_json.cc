#include "train/float_json.h"

#include "base/error.h"

namespace lutra {

Json floats_to_json(std::span<const float> values) {
  Json list = Json::array();
  for (const float value : values) list.push_back(static_cast<double>(value));
  return list;
}

std::vector<float> floats_from_json(const Json& object, const std::string& key, const std::string& where) {
  std::vector<float> values;
  for (const double wide : json_get<std::vector<double>>(object, key, where)) {
    const auto value = static_cast<float>(wide);
    if (static_cast<double>(value) != wide)
      throw Error(where + ": \"" + key + "\" holds a number that is not a 32-bit float", std::to_string(wide), "");
    values.push_back(value);
  }
  return values;
}

}  // namespace lutra
