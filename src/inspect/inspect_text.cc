#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "inspect/inspect.h"

namespace lutra {
namespace {

constexpr int bar_width = 40;

std::string number(const Json& value) {
  return value.is_number_float() ? fmt::format("{:.6g}", value.get<double>()) : json_text(value);
}

bool is_histogram(const Json& value) {
  return value.is_object() && value.contains("edges") && value.contains("counts") && value["counts"].is_array() &&
         value["edges"].size() == value["counts"].size() + 1;
}

std::string bars(const Json& histogram, const std::string& indent) {
  std::uint64_t most = 1;
  for (const Json& count : histogram["counts"]) most = std::max(most, count.get<std::uint64_t>());
  std::string text;
  for (std::size_t i = 0; i < histogram["counts"].size(); ++i) {
    const auto count = histogram["counts"][i].get<std::uint64_t>();
    const auto length =
        static_cast<std::size_t>(bar_width * static_cast<double>(count) / static_cast<double>(most) + 0.5);
    text += fmt::format("{}{:>9.4g} .. {:<9.4g} {:>9} {}\n", indent, histogram["edges"][i].get<double>(),
                        histogram["edges"][i + 1].get<double>(), count, std::string(length, '#'));
  }
  for (const char* outside : {"below", "above"})
    if (histogram.contains(outside)) text += fmt::format("{}{}: {}\n", indent, outside, json_text(histogram[outside]));
  return text;
}

bool is_plain(const Json& value) { return !value.is_structured(); }

/// Texts without their quotes, but for the empty one.
std::string plain(const Json& value) {
  return value.is_string() && value != "" ? value.get<std::string>() : number(value);
}

/// Plain values, short lists and small objects of plain values fit one line; nothing when they do not.
std::optional<std::string> one_line(const Json& value) {
  if (is_histogram(value)) return std::nullopt;
  if (is_plain(value)) return plain(value);
  if (!std::all_of(value.begin(), value.end(), is_plain)) return std::nullopt;
  std::vector<std::string> items;
  for (const auto& [key, item] : value.items())
    items.push_back(value.is_array() ? plain(item) : key + " " + plain(item));
  const std::string text = fmt::format("{}", fmt::join(items, ", "));
  if (text.size() > 100) return std::nullopt;
  return items.empty() ? "-" : text;
}

std::string lines(const Json& value, const std::string& indent) {
  if (is_histogram(value)) return bars(value, indent);
  std::string text;
  for (const auto& [key, item] : value.items()) {
    const std::string label = value.is_array() ? "-" : key + ":";
    const std::optional<std::string> line = one_line(item);
    text += indent + label + (line ? " " + *line + "\n" : "\n" + lines(item, indent + "  "));
  }
  return text;
}

}  // namespace

std::string inspect_text(const Json& inspected) { return lines(inspected, ""); }

}  // namespace lutra
