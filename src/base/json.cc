#include "base/json.h"

#include <cmath>
#include <utility>

#include "base/artifact.h"
#include "base/error.h"

namespace lutra {
namespace {

constexpr int max_depth = 200;

[[noreturn]] void wrong_type(const std::string& key, const std::string& where, const char* expected, const Json& got) {
  throw Error(where + ": \"" + key + "\" must be " + expected, std::string("it is ") + got.type_name(), "");
}

const Json& member(const Json& object, const std::string& key, const std::string& where) {
  if (!object.is_object()) throw Error(where + " must be an object", std::string("it is ") + object.type_name(), "");
  const auto found = object.find(key);
  if (found == object.end()) throw Error(where + " lacks \"" + key + "\"", "", "");
  return *found;
}

template <class T>
void convert(const Json& value, T& to, const std::string& key, const std::string& where)
  requires std::is_integral_v<T>
{
  if (!value.is_number_integer()) wrong_type(key, where, "an integer", value);
  const bool fits = value.is_number_unsigned() ? std::in_range<T>(value.get<std::uint64_t>())
                                               : std::in_range<T>(value.get<std::int64_t>());
  if (!fits) throw Error(where + ": \"" + key + "\" is out of range", value.dump(), "");
  to = value.get<T>();
}

void convert(const Json& value, double& to, const std::string& key, const std::string& where) {
  if (!value.is_number() || !std::isfinite(value.get<double>())) wrong_type(key, where, "a number", value);
  to = value.get<double>();
}

void convert(const Json& value, bool& to, const std::string& key, const std::string& where) {
  if (!value.is_boolean()) wrong_type(key, where, "true or false", value);
  to = value.get<bool>();
}

void convert(const Json& value, std::string& to, const std::string& key, const std::string& where) {
  if (!value.is_string()) wrong_type(key, where, "a string", value);
  to = value.get<std::string>();
}

void convert(const Json& value, Json& to, const std::string&, const std::string&) { to = value; }

template <class T>
void convert(const Json& value, std::vector<T>& to, const std::string& key, const std::string& where) {
  if (!value.is_array()) wrong_type(key, where, "a list", value);
  to.resize(value.size());
  for (std::size_t i = 0; i < to.size(); ++i) convert(value[i], to[i], key, where);
}

}  // namespace

template <class T>
T json_get(const Json& object, const std::string& key, const std::string& where) {
  T value{};
  convert(member(object, key, where), value, key, where);
  return value;
}

template int json_get<int>(const Json&, const std::string&, const std::string&);
template std::int64_t json_get<std::int64_t>(const Json&, const std::string&, const std::string&);
template std::uint64_t json_get<std::uint64_t>(const Json&, const std::string&, const std::string&);
template double json_get<double>(const Json&, const std::string&, const std::string&);
template bool json_get<bool>(const Json&, const std::string&, const std::string&);
template std::string json_get<std::string>(const Json&, const std::string&, const std::string&);
template Json json_get<Json>(const Json&, const std::string&, const std::string&);
template std::vector<int> json_get<std::vector<int>>(const Json&, const std::string&, const std::string&);
template std::vector<std::int64_t> json_get<std::vector<std::int64_t>>(const Json&, const std::string&,
                                                                       const std::string&);
template std::vector<double> json_get<std::vector<double>>(const Json&, const std::string&, const std::string&);
template std::vector<std::string> json_get<std::vector<std::string>>(const Json&, const std::string&,
                                                                     const std::string&);

Json read_json(const std::filesystem::path& path) {
  const std::string text = read_text(path);
  const auto guard_depth = [](int depth, Json::parse_event_t, Json&) {
    if (depth > max_depth) throw Error("nested deeper than " + std::to_string(max_depth) + " levels", "", "");
    return true;
  };
  try {
    return Json::parse(text, guard_depth);
  } catch (const Json::exception& e) {
    throw Error(path.string() + " is not valid JSON", e.what(), "Make the file again with the command that wrote it");
  } catch (const Error& e) {
    throw Error(path.string() + " is not valid JSON", e.what(), "Make the file again with the command that wrote it");
  }
}

std::string to_text(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

void json_only_keys(const Json& object, std::initializer_list<const char*> allowed, const std::string& where) {
  if (!object.is_object()) throw Error(where + " must be an object", std::string("it is ") + object.type_name(), "");
  for (const auto& [key, value] : object.items()) {
    bool known = false;
    for (const char* name : allowed) known = known || key == name;
    if (!known) throw Error(where + " has an unknown key \"" + key + "\"", "", "Remove it or update Lutra");
  }
}

}  // namespace lutra
