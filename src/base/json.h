#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace lutra {

/// Key order is kept as written: the same content gives the same bytes.
using Json = nlohmann::ordered_json;

/// Reads and parses a JSON file. Error when it is missing, unreadable, not JSON, nested deeper than 200 levels or
/// larger than 1 GiB.
Json read_json(const std::filesystem::path& path);

/// JSON as text, compact or indented. Bytes that are not UTF-8 (names of files may be anything) become U+FFFD.
std::string to_text(const Json& json, int indent = -1);

/// The value at `key`, converted to T: int, 64-bit integers, double, bool, std::string, Json, or a vector of int,
/// int64, double or string. Error naming `where`, the key and the expected type when it is missing or of another type;
/// integers must fit T, reals must be finite.
template <class T>
T json_get(const Json& object, const std::string& key, const std::string& where);

/// Error unless every key of `object` is in `allowed`.
void json_only_keys(const Json& object, std::initializer_list<const char*> allowed, const std::string& where);

}  // namespace lutra
