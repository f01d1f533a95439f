#include "report/network_drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/xml.h"
#include "report/html.h"

namespace lutra {
namespace {

constexpr int slot_width = 158;
constexpr int slot_height = 180;
constexpr int most_per_row = 6;
constexpr int margin = 20;           // left of the first slot, for the arrow that leads to a new row
constexpr int picture_height = 100;  // of a slot; texts below

/// Channels of a map, one behind the other; at most eight are drawn.
std::string draw_map(const LayerSummary& layer, double x, double y) {
  const int drawn = std::clamp(layer.shape[0], 1, 8);
  const double cell = std::min({6.0, 74.0 / layer.shape[2], 58.0 / layer.shape[1]});
  const double width = cell * layer.shape[2];
  const double height = cell * layer.shape[1];
  const double step = 4;
  const double left = x + (slot_width - 24 - width - step * (drawn - 1)) / 2;
  const double top = y + (picture_height - height - step * (drawn - 1)) / 2;
  std::string svg;
  for (int i = drawn - 1; i >= 0; --i)
    svg += fmt::format("<rect class=\"box\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
                       left + step * i, top + step * (drawn - 1 - i), width, height);
  return svg;
}

/// A vector as a column of cells, a long one as a square.
std::string draw_vector(const LayerSummary& layer, double x, double y) {
  const int values = std::clamp(layer.shape[0], 1, 1024);
  const int rows = values <= 12 ? values : static_cast<int>(std::ceil(std::sqrt(values)));
  const int columns = (values + rows - 1) / rows;
  const double pitch = std::min(8.0, 96.0 / rows);
  const double left = x + (slot_width - 24 - pitch * columns) / 2;
  const double top = y + (picture_height - pitch * rows) / 2;
  std::string svg;
  for (int i = 0; i < values; ++i)
    svg += fmt::format("<rect class=\"cell\" x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"{2:.1f}\" height=\"{2:.1f}\"/>",
                       left + pitch * (i / rows), top + pitch * (i % rows), 0.75 * pitch);
  return svg;
}

std::string weights_text(const LayerSummary& layer) {
  if (layer.weights == 0) return "no weights";
  const double zero = static_cast<double>(layer.zero_weights) / static_cast<double>(layer.weights);
  return fmt::format("{} x {} bit, {} zero", number_text(static_cast<double>(layer.weights)), layer.weight_bits,
                     percent_text(zero, 0));
}

std::string draw_texts(const LayerSummary& layer, double x, double y) {
  const std::string name = layer.name.size() > 18 ? layer.name.substr(0, 17) + "." : layer.name;
  const std::string kind = layer.op + (layer.relu ? ", ReLU" : "");
  const std::string shape = shape_text(layer) + (layer.output.empty() ? "" : ", " + layer.output);
  std::string svg;
  double line = y + picture_height + 18;
  const auto text = [&](const char* style, const std::string& content) {
    svg += fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>", style,
                       x + (slot_width - 24) / 2.0, line, xml_text(content));
    line += 16;
  };
  text("name", name);
  text("fact", kind);
  text("fact", shape);
  text("fact", weights_text(layer));
  return svg;
}

std::string draw_layer(const LayerSummary& layer, int index, int per_row) {
  const double x = index % per_row * slot_width + margin;
  const double y = index / per_row * slot_height;
  const bool vector = layer.shape[1] <= 1 && layer.shape[2] <= 1;
  std::string svg = vector ? draw_vector(layer, x, y) : draw_map(layer, x, y);
  if (index > 0)
    svg +=
        fmt::format("<path class=\"wire\" d=\"M{:.1f} {:.1f}h12m-4 -3l4 3l-4 3\"/>", x - 18, y + picture_height / 2.0);
  return "<g>" + svg + draw_texts(layer, x, y) + "</g>\n";
}

}  // namespace

std::string shape_text(const LayerSummary& layer) {
  const auto [channels, rows, columns] = layer.shape;
  if (channels == 0) return "?";
  if (rows == 1 && columns == 1) return fmt::format("{}", channels);
  return fmt::format("{} x {} x {}", channels, rows, columns);
}

std::string draw_network(const std::vector<LayerSummary>& layers) {
  const int count = static_cast<int>(layers.size());
  const int rows = (count + most_per_row - 1) / most_per_row;
  const int per_row = (count + rows - 1) / rows;
  const int width = per_row * slot_width + margin;
  const int height = rows * slot_height;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\">\n",
      width, height);
  for (int i = 0; i < count; ++i) svg += draw_layer(layers[static_cast<std::size_t>(i)], i, per_row);
  return svg + "</svg>";
}

}  // namespace lutra
