#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace lutra {

/// Numbers of artifacts that may be null (not measured) or absent. Error naming `where` and the key when they are there
/// but are not numbers.
std::optional<double> maybe_number(const Json& object, const std::string& key, const std::string& where);

/// The same for a list of numbers and nulls; empty when absent.
std::vector<std::optional<double>> maybe_numbers(const Json& object, const std::string& key, const std::string& where);

/// A [lo, hi] pair; nothing when absent or null.
struct Bounds {
  std::optional<double> lo;
  std::optional<double> hi;
};
Bounds maybe_bounds(const Json& object, const std::string& key, const std::string& where);

/// The list or object at `key`. Error when it is absent or of another type.
const Json& list_at(const Json& object, const std::string& key, const std::string& where);
const Json& object_at(const Json& object, const std::string& key, const std::string& where);

/// null for nothing: how numbers go into the data of a plot.
Json or_null(const std::optional<double>& value);

}  // namespace lutra
