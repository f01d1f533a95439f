#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "import/import.h"

namespace lutra {
namespace {

constexpr std::size_t most_listed = 5;

Json inputs_to_json(const ClipReport& clip) {
  Json clipped = Json::object();
  for (std::size_t i = 0; i < clip.clipped.size(); ++i)
    if (clip.clipped[i] > 0) clipped[std::to_string(i)] = clip.clipped[i];
  return {{"values", clip.values},
          {"lo", clip.lo},
          {"hi", clip.hi},
          {"clipped_below", clip.below},
          {"clipped_above", clip.above},
          {"clipped_by_input", clipped},
          {"rounded", clip.rounded},
          {"largest_rounding", clip.largest_rounding}};
}

/// The inputs that were clipped most often, most first.
std::string worst_inputs(const ClipReport& clip) {
  std::vector<std::size_t> order(clip.clipped.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return clip.clipped[a] > clip.clipped[b]; });
  std::string text;
  for (std::size_t i = 0; i < std::min(most_listed, order.size()) && clip.clipped[order[i]] > 0; ++i)
    text +=
        fmt::format("{}input {} ({} times)", text.empty() ? "  most often: " : ", ", order[i], clip.clipped[order[i]]);
  return text.empty() ? "" : text + "\n";
}

std::string inputs_text(const ClipReport& clip, const Dataset& data) {
  return fmt::format("inputs: {} x {} in {}, from {:g} to {:g} before rounding\n", data.rows, data.cols,
                     to_string(data.input_format), clip.lo, clip.hi) +
         fmt::format("clipped: {} of {} inputs ({:.3g} %), {} below and {} above the format\n", clip.below + clip.above,
                     clip.values, 100 * clip.clipped_fraction(), clip.below, clip.above) +
         worst_inputs(clip) +
         fmt::format("rounded: {} inputs, by at most {:.3g}\n", clip.rounded, clip.largest_rounding);
}

std::string classes_text(const ImportReport& report) {
  std::string text = "classes:";
  for (std::size_t c = 0; c < report.class_events.size(); ++c)
    text += fmt::format(" {} {}", report.layout.targets[c].name, report.class_events[c]);
  return text + "\n";
}

}  // namespace

Json import_to_json(const ImportConfig& config, const ImportReport& report) {
  ImportConfig copy = config;
  Json files = Json::array(), targets = Json::array();
  for (const auto& file : report.files)
    files.push_back({{"name", file.name}, {"format", file.format}, {"bytes", file.bytes}, {"xxh3", file.hash}});
  for (const auto& t : report.targets)
    targets.push_back({{"name", t.name}, {"lo", t.lo}, {"hi", t.hi}, {"outside", t.outside}});
  return {{"import", config_to_json([&](Fields& f) { describe(f, copy); })},
          {"files", files},
          {"inputs", inputs_to_json(report.inputs)},
          {"targets", targets}};
}

std::string import_text(const ImportReport& report) {
  std::string text = fmt::format("{} events: {} train, {} validation, {} test\n", report.events, report.split[0],
                                 report.split[1], report.split[2]);
  text += inputs_text(report.inputs, report.layout);
  if (report.targets.empty()) text += classes_text(report);
  for (const auto& t : report.targets)
    text += fmt::format("target {}: from {:g} to {:g}{}\n", t.name, t.lo, t.hi,
                        t.outside ? fmt::format(", {} events outside the declared range", t.outside) : "");
  for (const auto& file : report.files)
    text += fmt::format("from {} ({}, {} bytes)\n", file.name, file.format, file.bytes);
  return text;
}

}  // namespace lutra
