#include <fmt/format.h>
#include <toml++/toml.h>

#include <map>

#include "base/artifact.h"
#include "base/budget.h"
#include "base/config_read.h"
#include "base/error.h"

namespace lutra {
namespace {

constexpr std::uint64_t max_study_bytes = 1 << 20;

using Lines = std::map<std::string, unsigned>;

constexpr int max_depth = 16;
constexpr std::size_t max_key_bytes = 256;

/// `depth` of `node` below the whole file, which is at 0.
Json to_json(const toml::node& node, const std::string& key, const std::string& name, Lines& lines, int depth = 0) {
  lines[key] = node.source().begin.line;
  if (depth > max_depth)
    throw Error(fmt::format("{} line {}: nested deeper than {} levels", name, lines[key], max_depth), "", "");
  if (const auto* table = node.as_table()) {
    Json object = Json::object();
    for (const auto& [child, value] : *table) {
      const std::string child_name(child.str());
      if (child_name.size() > max_key_bytes)
        throw Error(
            fmt::format("{} line {}: a key is longer than {} bytes", name, child.source().begin.line, max_key_bytes),
            "", "");
      object[child_name] = to_json(value, key.empty() ? child_name : key + "." + child_name, name, lines, depth + 1);
    }
    return object;
  }
  if (const auto* array = node.as_array()) {
    Json list = Json::array();
    for (std::size_t i = 0; i < array->size(); ++i)
      list.push_back(to_json(*array->get(i), fmt::format("{}[{}]", key, i), name, lines, depth + 1));
    return list;
  }
  if (const auto* value = node.as_integer()) return value->get();
  if (const auto* value = node.as_floating_point()) return value->get();
  if (const auto* value = node.as_boolean()) return value->get();
  if (const auto* value = node.as_string()) return value->get();
  throw Error(fmt::format("{} line {}: dates and times are not used in a study", name, lines[key]), "", "");
}

/// The described values as TOML, each with its meaning and range in a comment.
class TemplateWriter : public Fields {
 public:
  using Fields::integer;
  std::string take() { return values_ + tables_; }

  void number(const char* name, double& value, Range range, const char* doc) override {
    entry(name, number_text(value), doc, range);
  }
  void integer(const char* name, std::int64_t& value, Range range, const char* doc) override {
    entry(name, std::to_string(value), doc, range);
  }
  void flag(const char* name, bool& value, const char* doc) override { entry(name, value ? "true" : "false", doc); }
  void text(const char* name, std::string& value, const char* doc) override { entry(name, quoted(value), doc); }
  void choice(const char* name, std::string& value, const std::vector<std::string>& choices, const char* doc) override {
    entry(name, quoted(value), fmt::format("{}; one of {}", doc, fmt::join(choices, ", ")));
  }
  void numbers(const char* name, std::vector<double>& value, Range each, const char* doc) override {
    std::vector<std::string> items;
    for (const double v : value) items.push_back(number_text(v));
    entry(name, fmt::format("[{}]", fmt::join(items, ", ")), doc, each);
  }
  void integers(const char* name, std::vector<std::int64_t>& value, Range each, const char* doc) override {
    entry(name, fmt::format("[{}]", fmt::join(value, ", ")), doc, each);
  }
  void group(const char* name, const char* doc, const std::function<void()>& members) override {
    const std::string key = full(name);
    table(fmt::format("\n# {}\n[{}]\n", doc, key), key, members);
  }
  void list(const char* name, const char* doc, std::size_t size, const std::function<void(std::size_t)>&,
            const std::function<void(std::size_t)>& member) override {
    const std::string key = full(name);
    for (std::size_t i = 0; i < size; ++i) table(fmt::format("\n# {}\n[[{}]]\n", doc, key), key, [&] { member(i); });
  }

 private:
  static std::string quoted(const std::string& text) { return json_text(text); }
  static std::string number_text(double value) {
    const std::string text = fmt::format("{}", value);
    return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
  }
  std::string full(const char* name) const { return prefix_.empty() ? name : prefix_ + "." + name; }

  void entry(const char* name, const std::string& value, const std::string& doc, Range range = {}) {
    std::string limits;
    if (std::isfinite(range.lo) && std::isfinite(range.hi))
      limits = fmt::format(" [{:g} .. {:g}]", range.lo, range.hi);
    else if (std::isfinite(range.lo))
      limits = fmt::format(" [>= {:g}]", range.lo);
    values_ += fmt::format("{} = {}  # {}{}\n", name, value, doc, limits);
  }

  /// Plain values of a table must come before its sub-tables.
  void table(const std::string& header, const std::string& key, const std::function<void()>& members) {
    const std::string outer_prefix = std::exchange(prefix_, key);
    const std::string outer_values = std::exchange(values_, "");
    const std::string outer_tables = std::exchange(tables_, "");
    members();
    tables_ = outer_tables + header + values_ + tables_;
    values_ = outer_values;
    prefix_ = outer_prefix;
  }

  std::string prefix_;
  std::string values_;
  std::string tables_;
};

}  // namespace

void read_toml_text(const std::string& text, const std::string& name, const Describe& describe) {
  ConfigSource source;
  Lines lines;
  try {
    check_toml_budget(text);
  } catch (const Error& e) {
    throw Error(name + " is too large or too deep", e.what(), "");
  }
  try {
    source.values = to_json(toml::parse(text), "", name, lines);
  } catch (const toml::parse_error& e) {
    throw Error(fmt::format("{} line {}: {}", name, e.source().begin.line, e.description()), "", "");
  }
  source.place = [&](const std::string& key) {
    const auto found = lines.find(key);
    return found == lines.end() ? name : fmt::format("{} line {}", name, found->second);
  };
  read_config(source, describe);
}

void read_toml(const std::filesystem::path& path, const Describe& describe) {
  read_toml_text(read_text(path, max_study_bytes), path.string(), describe);
}

std::string config_template(const Describe& describe) {
  TemplateWriter writer;
  describe(writer);
  return writer.take();
}

}  // namespace lutra
