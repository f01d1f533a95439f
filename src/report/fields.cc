#include "report/fields.h"

#include "base/error.h"

namespace lutra {
namespace {

[[noreturn]] void wrong_type(const Json& value, const std::string& key, const std::string& where,
                             const char* expected) {
  throw Error(where + ": \"" + key + "\" must be " + expected, std::string("it is ") + value.type_name(), "");
}

const Json& present(const Json& object, const std::string& key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end()) throw Error(where + " lacks \"" + key + "\"", "", "");
  return *found;
}

std::optional<double> number_or_nothing(const Json& value, const std::string& key, const std::string& where) {
  if (value.is_null()) return std::nullopt;
  if (!value.is_number()) wrong_type(value, key, where, "a number or null");
  return value.get<double>();
}

}  // namespace

std::optional<double> maybe_number(const Json& object, const std::string& key, const std::string& where) {
  const auto found = object.find(key);
  return found == object.end() ? std::nullopt : number_or_nothing(*found, key, where);
}

std::vector<std::optional<double>> maybe_numbers(const Json& object, const std::string& key, const std::string& where) {
  std::vector<std::optional<double>> numbers;
  const auto found = object.find(key);
  if (found == object.end()) return numbers;
  if (!found->is_array()) wrong_type(*found, key, where, "a list");
  for (const Json& value : *found) numbers.push_back(number_or_nothing(value, key, where));
  return numbers;
}

Bounds maybe_bounds(const Json& object, const std::string& key, const std::string& where) {
  const std::vector<std::optional<double>> pair = maybe_numbers(object, key, where);
  if (pair.empty()) return {};
  if (pair.size() != 2) throw Error(where + ": \"" + key + "\" must be [low, high]", "", "");
  return {pair[0], pair[1]};
}

const Json& list_at(const Json& object, const std::string& key, const std::string& where) {
  const Json& value = present(object, key, where);
  if (!value.is_array()) wrong_type(value, key, where, "a list");
  return value;
}

const Json& object_at(const Json& object, const std::string& key, const std::string& where) {
  const Json& value = present(object, key, where);
  if (!value.is_object()) wrong_type(value, key, where, "an object");
  return value;
}

Json or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

}  // namespace lutra
