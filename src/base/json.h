#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace lutra {

/// Key order is kept as written: the same content gives the same bytes.
using Json = nlohmann::ordered_json;

/// Largest JSON file that is read.
inline constexpr std::uint64_t max_json_file_bytes = 256 << 20;

/// The value of a JSON text. Error with `where` in front when it is not JSON or beyond the limits of
/// check_json_budget().
Json parse_json(std::string_view text, const std::string& where);

/// Reads and parses a JSON file. Error when it is missing, unreadable or larger than max_json_file_bytes.
Json read_json(const std::filesystem::path& path);

/// The value as text, in one line or indented. Bytes of texts that are no UTF-8 (file names may hold them) are
/// replaced.
std::string json_text(const Json& value, int indent = -1);

/// The text with bytes that are no UTF-8 replaced, so that JSON holds it as it is.
std::string utf8_text(const std::string& text);

/// The value at `key`, converted to T: int, 64-bit integers, double, bool, std::string, Json, or a vector of int,
/// int64, double or string. Error naming `where`, the key and the expected type when it is missing or of another type;
/// integers must fit T, reals must be finite.
template <class T>
T json_get(const Json& object, const std::string& key, const std::string& where);

/// Error unless every key of `object` is in `allowed`.
void json_only_keys(const Json& object, std::initializer_list<const char*> allowed, const std::string& where);

}  // namespace lutra
