#include "docs/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace lutra::docs {
namespace {

using Selection = std::vector<const Json*>;

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// One step of a path: into a member, or to the elements whose member has a value.
Selection step(const Selection& from, const std::string& segment) {
  Selection to;
  const std::size_t equals = segment.find('=');
  const std::string key = segment.substr(0, equals);
  const auto take = [&](const Json& object) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (found == object.end()) return;
    if (equals == std::string::npos)
      to.push_back(&*found);
    else if (text_of(*found) == segment.substr(equals + 1))
      to.push_back(&object);
  };
  for (const Json* value : from) {
    if (value->is_array())
      for (const Json& element : *value) take(element);
    else
      take(*value);
  }
  return to;
}

/// The parts of a path; "\\/" is a slash inside one.
std::vector<std::string> segments_of(const std::string& path) {
  std::vector<std::string> segments(1);
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '/')
      segments.emplace_back();
    else
      segments.back() += path.compare(i, 2, "\\/") == 0 ? path[++i] : path[i];
  }
  return segments;
}

Selection select(const Sources& sources, const std::string& path) {
  const std::vector<std::string> segments = segments_of(path);
  const auto source = sources.find(segments[0]);
  if (source == sources.end()) throw Error("no source of that name: {" + path + "}", "", "list it in docs/numbers.txt");
  Selection selection{&source->second};
  for (std::size_t i = 1; i < segments.size(); ++i) selection = step(selection, segments[i]);
  if (selection.empty()) throw Error("nothing is at {" + path + "}", "", "");
  return selection;
}

double number(const Json& value, const std::string& path) {
  if (!value.is_number()) throw Error("no number is at {" + path + "}", value.dump().substr(0, 40), "");
  return value.get<double>();
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values) {
  const double middle = mean(values);
  double sum = 0;
  for (const double v : values) sum += (v - middle) * (v - middle);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

/// 12345.678 with one decimal: 12,345.7
std::string separated(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const std::size_t digits_begin = text[0] == '-' ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > digits_begin + 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

/// The synthesised network of several that differ in their seed is the first; estimates are averaged.
double lut(const Selection& hardware, const std::string& path) {
  std::vector<double> estimates;
  for (const Json* one : hardware) {
    const double luts = number(one->at("lut"), path);
    if (!one->value("estimated", false)) return luts;
    estimates.push_back(luts);
  }
  return mean(estimates);
}

}  // namespace

std::string number_text(const Sources& sources, const std::string& slot) {
  const std::size_t colon = std::min(slot.find(':'), slot.size());
  const std::string path = slot.substr(0, colon);
  std::string format = slot.substr(std::min(colon + 1, slot.size()));
  const Selection selection = select(sources, path);
  if (format == "count") return separated(static_cast<double>(selection.size()), 0);
  if (format == "lut") return separated(lut(selection, path), 0);
  static const std::string plus_minus = "±";
  const bool spread = format.ends_with(plus_minus);
  if (spread) format.resize(format.size() - plus_minus.size());
  const std::size_t point = std::min(format.find('.'), format.size());
  const double factor = format.starts_with('x') ? std::stod(format.substr(1, point - 1)) : 1;
  const int decimals = point < format.size() ? std::stoi(format.substr(point + 1)) : 0;
  std::vector<double> values;
  for (const Json* value : selection) values.push_back(factor * number(*value, path));
  std::string text = separated(mean(values), decimals);
  if (spread && values.size() > 1) text += " " + plus_minus + " " + separated(deviation(values), decimals);
  return text;
}

}  // namespace lutra::docs
