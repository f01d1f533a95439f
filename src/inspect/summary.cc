#include "inspect/summary.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"

namespace lutra {
namespace {

constexpr std::size_t most_items = 16;
constexpr std::size_t most_keys = 40;
constexpr std::size_t most_text = 200;

/// Lengths of the lists along the first elements: [[1, 2], [3, 4]] -> 2, 2.
std::vector<std::size_t> shape_of(const Json& list) {
  std::vector<std::size_t> shape;
  for (const Json* at = &list; at->is_array() && !at->empty(); at = &at->front()) shape.emplace_back(at->size());
  return shape;
}

/// True when `value` is numbers in this shape from dimension `depth` on; they are added to `numbers`.
bool has_shape(const Json& value, const std::vector<std::size_t>& shape, std::size_t depth, Summary& numbers) {
  if (depth == shape.size()) {
    if (value.is_number()) numbers.add(value.get<double>());
    return value.is_number();
  }
  if (!value.is_array() || value.size() != shape[depth]) return false;
  for (const Json& item : value)
    if (!has_shape(item, shape, depth + 1, numbers)) return false;
  return true;
}

Json shortened_list(const Json& list) {
  const std::vector<std::size_t> shape = shape_of(list);
  Summary numbers;
  if (has_shape(list, shape, 0, numbers) && numbers.count() > most_items) {
    Json range = numbers.to_json();
    if (shape.size() > 1)
      range["shape"] = shape;
    else
      range["count"] = list.size();
    return range;
  }
  Json items = Json::array();
  for (std::size_t i = 0; i < std::min(most_items, list.size()); ++i) items.push_back(shortened(list[i]));
  if (list.size() > most_items) items.push_back("... " + std::to_string(list.size() - most_items) + " more");
  return items;
}

}  // namespace

void Summary::add(double value) {
  if (!std::isfinite(value)) {
    ++not_finite_;
    return;
  }
  lo_ = count_ == 0 ? value : std::min(lo_, value);
  hi_ = count_ == 0 ? value : std::max(hi_, value);
  sum_ += value;
  ++count_;
}

Json Summary::to_json() const {
  Json json = Json::object();
  if (count_ > 0) json = {{"lo", lo_}, {"hi", hi_}, {"mean", sum_ / static_cast<double>(count_)}};
  if (not_finite_ > 0) json["nan"] = not_finite_;
  return json;
}

Histogram::Histogram(double lo, double hi, int bins) : lo_(lo), hi_(hi), counts_(static_cast<std::size_t>(bins), 0) {
  expects(lo <= hi && bins > 0, "lo <= hi and at least one bin");
}

void Histogram::add(double value) {
  if (value < lo_) ++below_;
  if (value > hi_) ++above_;
  if (!(value >= lo_ && value <= hi_)) return;
  const double at = hi_ > lo_ ? (value - lo_) / (hi_ - lo_) * static_cast<double>(counts_.size()) : 0;
  ++counts_[std::min(static_cast<std::size_t>(at), counts_.size() - 1)];
}

Json Histogram::to_json() const {
  std::vector<double> edges;
  for (std::size_t b = 0; b <= counts_.size(); ++b)
    edges.push_back(lo_ + (hi_ - lo_) * static_cast<double>(b) / static_cast<double>(counts_.size()));
  Json json = {{"edges", edges}, {"counts", counts_}};
  if (below_ > 0) json["below"] = below_;
  if (above_ > 0) json["above"] = above_;
  return json;
}

Json shortened(const Json& value) {
  if (value.is_array()) return shortened_list(value);
  if (value.is_string()) {
    const auto text = value.get<std::string>();
    return text.size() > most_text ? text.substr(0, most_text) + "..." : text;
  }
  if (!value.is_object()) return value;
  Json object = Json::object();
  for (const auto& [key, member] : value.items()) {
    if (object.size() == most_keys) {
      object["..."] = std::to_string(value.size() - most_keys) + " more";
      break;
    }
    object[key] = shortened(member);
  }
  return object;
}

}  // namespace lutra
