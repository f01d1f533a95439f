#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "base/json.h"

namespace lutra {

/// Closed interval a number must lie in.
struct Range {
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();
};

/// One definition of a configuration serves reading TOML, reading and writing JSON, and printing the documented
/// template. A configuration is a plain struct with one free function
///
///     void describe(Fields& f, FieldConfig& c) {
///       f.number("strength_t", c.strength_t, {0, 4}, "effective toroid field [T]");
///       f.group("muon", "one muon", [&] { describe(f, c.muon); });
///     }
///
/// The struct's initialisers are the defaults. Names are snake_case and end in their unit.
class Fields {
 public:
  virtual ~Fields() = default;
  virtual void number(const char* name, double& value, Range range, const char* doc) = 0;
  virtual void integer(const char* name, std::int64_t& value, Range range, const char* doc) = 0;
  virtual void flag(const char* name, bool& value, const char* doc) = 0;
  virtual void text(const char* name, std::string& value, const char* doc) = 0;
  /// `value` must be one of `choices`.
  virtual void choice(const char* name, std::string& value, const std::vector<std::string>& choices,
                      const char* doc) = 0;
  virtual void numbers(const char* name, std::vector<double>& value, Range each, const char* doc) = 0;
  virtual void integers(const char* name, std::vector<std::int64_t>& value, Range each, const char* doc) = 0;
  virtual void group(const char* name, const char* doc, const std::function<void()>& members) = 0;
  /// A list of groups ([[name]] in TOML). `resize(n)` makes room for n, `member(i)` describes the i-th.
  virtual void list(const char* name, const char* doc, std::size_t size, const std::function<void(std::size_t)>& resize,
                    const std::function<void(std::size_t)>& member) = 0;

  /// Convenience for int members.
  void integer(const char* name, int& value, Range range, const char* doc);
};

using Describe = std::function<void(Fields&)>;

/// Reads a TOML file into the described configuration. Unknown keys, wrong types and values out of range are Errors
/// that name file, line and key.
void read_toml(const std::filesystem::path& path, const Describe& describe);
void read_toml_text(const std::string& text, const std::string& name, const Describe& describe);

/// The complete configuration, defaults included.
Json config_to_json(const Describe& describe);

/// The inverse. Unknown keys and wrong types are Errors naming `where`.
void config_from_json(const Json& json, const std::string& where, const Describe& describe);

/// A commented TOML file with every key, its meaning, range and current value.
std::string config_template(const Describe& describe);

}  // namespace lutra
