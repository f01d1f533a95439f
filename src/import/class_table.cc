#include "import/class_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/name.h"
#include "import/selection.h"

namespace lutra {
namespace {

constexpr std::size_t max_classes = 1024;

bool parse_integer(const std::string& text, double& value) {
  std::int64_t integer = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), integer);
  value = static_cast<double>(integer);
  return code == std::errc() && end == text.data() + text.size();
}

}  // namespace

ClassTable::ClassTable(const std::string& names) : names_(split_list(names, ',')) {
  if (names_.size() < 2)
    throw Error("import: classes names fewer than two classes", names, "Write classes = \"noise,muon\"");
  if (names_.size() > max_classes)
    throw Error("import: classes names " + std::to_string(names_.size()) + " classes",
                "at most " + std::to_string(max_classes) + " are possible", "");
  for (const std::string& name : names_) {
    check_name(name, "import: classes", "a class");
    if (std::count(names_.begin(), names_.end(), name) > 1)
      throw Error("import: class \"" + name + "\" is there twice", "", "");
    double value = 0;
    if (parse_integer(name, value)) integers_.push_back(value);
  }
  if (integers_.size() == names_.size()) return;
  integers_.clear();
  for (std::size_t i = 0; i < names_.size(); ++i) {
    vocabulary_[names_[i]] = static_cast<double>(i);
    integers_.push_back(static_cast<double>(i));
  }
}

std::size_t ClassTable::index_of(double value, const Place& place) const {
  const auto found = std::find(integers_.begin(), integers_.end(), value);
  if (found != integers_.end()) return static_cast<std::size_t>(found - integers_.begin());
  throw Error(fmt::format("{}: {:g} is not a class", place(), value),
              fmt::format("the classes are {}{}", fmt::join(names_, ", "),
                          vocabulary_.empty() ? "" : fmt::format(", or 0 to {}", names_.size() - 1)),
              "");
}

std::size_t ClassTable::index_of_one_hot(std::span<const double> values, const Place& place) const {
  const auto ones = std::count(values.begin(), values.end(), 1.0),
             zeros = std::count(values.begin(), values.end(), 0.0);
  if (ones != 1 || ones + zeros != std::ssize(values))
    throw Error(place() + ": the classes are not one-hot", "one number must be 1, the others 0", "");
  return static_cast<std::size_t>(std::find(values.begin(), values.end(), 1.0) - values.begin());
}

}  // namespace lutra
