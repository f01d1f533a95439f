#include "base/config_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"

namespace lutra {
namespace {

std::string range_text(Range range) {
  const bool from = std::isfinite(range.lo);
  const bool to = std::isfinite(range.hi);
  if (from && to) return fmt::format("from {:g} to {:g}", range.lo, range.hi);
  if (from) return fmt::format("at least {:g}", range.lo);
  if (to) return fmt::format("at most {:g}", range.hi);
  return "finite";
}

class Reader : public Fields {
 public:
  explicit Reader(const ConfigSource& source) : source_(source), from_(&source.values) {}
  using Fields::integer;

  void number(const char* name, double& value, Range range, const char*) override {
    if (const Json* found = take(name)) value = number_of(*found, key(name), range);
  }
  void integer(const char* name, std::int64_t& value, Range range, const char*) override {
    if (const Json* found = take(name)) value = integer_of(*found, key(name), range);
  }
  void flag(const char* name, bool& value, const char*) override {
    const Json* found = take(name);
    if (!found) return;
    if (!found->is_boolean()) wrong_type(key(name), "true or false", *found);
    value = found->get<bool>();
  }
  void text(const char* name, std::string& value, const char*) override {
    const Json* found = take(name);
    if (!found) return;
    if (!found->is_string()) wrong_type(key(name), "a text in quotes", *found);
    value = found->get<std::string>();
  }
  void choice(const char* name, std::string& value, const std::vector<std::string>& choices, const char* doc) override {
    text(name, value, doc);
    if (std::find(choices.begin(), choices.end(), value) != choices.end()) return;
    throw Error(at(key(name)) + fmt::format("\"{}\" is not a known {}", value, name), "",
                fmt::format("Use one of: {}", fmt::join(choices, ", ")));
  }
  void numbers(const char* name, std::vector<double>& value, Range each, const char*) override {
    read_list(name, value, [&](const Json& item) { return number_of(item, key(name), each); });
  }
  void integers(const char* name, std::vector<std::int64_t>& value, Range each, const char*) override {
    read_list(name, value, [&](const Json& item) { return integer_of(item, key(name), each); });
  }
  void group(const char* name, const char*, const std::function<void()>& members) override {
    if (const Json* found = take(name)) inside(*found, key(name), members);
  }
  void list(const char* name, const char*, std::size_t, const std::function<void(std::size_t)>& resize,
            const std::function<void(std::size_t)>& member) override {
    const Json* found = take(name);
    if (!found) return;
    if (!found->is_array()) wrong_type(key(name), fmt::format("a list of tables ([[{}]])", name), *found);
    resize(found->size());
    for (std::size_t i = 0; i < found->size(); ++i)
      inside((*found)[i], fmt::format("{}[{}]", key(name), i), [&] { member(i); });
  }

  void reject_unknown() const {
    for (const auto& [name, value] : from_->items()) {
      if (known_.contains(name)) continue;
      throw Error(at(key(name)) + "unknown key \"" + key(name) + "\"", "",
                  fmt::format("Known here: {}", fmt::join(known_, ", ")));
    }
  }

 private:
  std::string key(const std::string& name) const { return prefix_.empty() ? name : prefix_ + "." + name; }
  std::string at(const std::string& full_key) const { return source_.place(full_key) + ": "; }

  [[noreturn]] void wrong_type(const std::string& full_key, const std::string& expected, const Json& got) const {
    throw Error(at(full_key) + "\"" + full_key + "\" must be " + expected, "it is " + json_text(got), "");
  }

  const Json* take(const char* name) {
    known_.insert(name);
    const auto found = from_->find(name);
    return found == from_->end() ? nullptr : &*found;
  }

  void in_range(double value, const std::string& full_key, Range range) const {
    if (std::isfinite(value) && value >= range.lo && value <= range.hi) return;
    throw Error(at(full_key) + fmt::format("\"{}\" = {:g} is impossible", full_key, value),
                "it must be " + range_text(range), "");
  }

  double number_of(const Json& found, const std::string& full_key, Range range) const {
    if (!found.is_number()) wrong_type(full_key, "a number", found);
    in_range(found.get<double>(), full_key, range);
    return found.get<double>();
  }

  std::int64_t integer_of(const Json& found, const std::string& full_key, Range range) const {
    if (!found.is_number_integer()) wrong_type(full_key, "an integer", found);
    in_range(found.get<double>(), full_key, range);
    return found.get<std::int64_t>();
  }

  template <class T, class Convert>
  void read_list(const char* name, std::vector<T>& value, const Convert& convert) {
    const Json* found = take(name);
    if (!found) return;
    if (!found->is_array()) wrong_type(key(name), "a list", *found);
    value.clear();
    for (const Json& item : *found) value.push_back(convert(item));
  }

  void inside(const Json& object, const std::string& full_key, const std::function<void()>& members) {
    if (!object.is_object()) wrong_type(full_key, "a table", object);
    const Json* outer = std::exchange(from_, &object);
    const std::string outer_prefix = std::exchange(prefix_, full_key);
    const auto outer_known = std::exchange(known_, {});
    members();
    reject_unknown();
    from_ = outer;
    prefix_ = outer_prefix;
    known_ = outer_known;
  }

  const ConfigSource& source_;
  const Json* from_;
  std::string prefix_;
  std::set<std::string> known_;
};

}  // namespace

void read_config(const ConfigSource& source, const Describe& describe) {
  Reader reader(source);
  describe(reader);
  reader.reject_unknown();
}

void config_from_json(const Json& json, const std::string& where, const Describe& describe) {
  if (!json.is_object()) throw Error(where + ": the configuration must be an object", "", "");
  read_config({json, [&](const std::string&) { return where; }}, describe);
}

}  // namespace lutra
