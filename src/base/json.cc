#include "base/json.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/artifact.h"
#include "base/budget.h"
#include "base/error.h"

namespace lutra {
namespace {

/// "line 3, column 7" of the `byte`-th byte, counted from 1.
std::string place_in(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::max<std::size_t>(byte, 1) - 1);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - (before.rfind('\n') + 1) + 1);
}

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

Json parse_json(std::string_view text, const std::string& where) {
  const std::string remake = "Make the file again with the command that wrote it";
  try {
    check_json_budget(text);
  } catch (const Error& e) {
    throw Error(where + " is too large or too deep", e.what(), remake);
  }
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& e) {
    throw Error(where + " is not valid JSON", place_in(text, e.byte), remake);
  } catch (const Json::exception&) {  // a number too large for a double
    throw Error(where + " is not valid JSON", "a number is out of range", remake);
  }
}

Json read_json(const std::filesystem::path& path) {
  return parse_json(read_text(path, max_json_file_bytes), path.string());
}

std::string json_text(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string utf8_text(const std::string& text) { return Json::parse(json_text(text)).get<std::string>(); }

void json_only_keys(const Json& object, std::initializer_list<const char*> allowed, const std::string& where) {
  if (!object.is_object()) throw Error(where + " must be an object", std::string("it is ") + object.type_name(), "");
  for (const auto& [key, value] : object.items()) {
    bool known = false;
    for (const char* name : allowed) known = known || key == name;
    if (!known) throw Error(where + " has an unknown key \"" + key + "\"", "", "Remove it or update Lutra");
  }
}

}  // namespace lutra
