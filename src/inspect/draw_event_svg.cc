#include <fmt/format.h>

#include "base/contract.h"
#include "base/xml.h"
#include "inspect/draw.h"
#include "inspect/draw_style.h"

namespace lutra {
namespace {

constexpr int cell_width = 3, cell_height = 16, layer_gap = 4;
constexpr int left = 60, top = 34, bottom = 52;

int layer_y(int layer, const ImageShape& shape) { return top + (shape.layers - 1 - layer) * (cell_height + layer_gap); }

std::string rect(int x, int y, int width, int height, const std::string& style) {
  return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>\n", x, y, width, height, style);
}

std::string label(int x, int y, const std::string& anchor, const std::string& text) {
  return fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor, xml_text(text));
}

std::string layers(const ImageShape& shape) {
  std::string svg;
  for (int layer = 0; layer < shape.layers; ++layer) {
    const int y = layer_y(layer, shape);
    svg += rect(left, y, shape.strips * cell_width, cell_height, "fill=\"#f4f4f4\"");
    svg += label(left - 6, y + cell_height - 4, "end", fmt::format("layer {}", layer));
  }
  return svg;
}

std::string hits(const EventBatch& batch, std::size_t event, const ImageShape& shape) {
  std::string svg;
  for (std::uint32_t i = batch.hit_begin[event]; i < batch.hit_begin[event + 1]; ++i) {
    const Hit hit = batch.hits[i];
    const OriginStyle& style = origin_styles[strength(hit.origin())];
    svg += rect(left + hit.cell() % shape.strips * cell_width, layer_y(hit.cell() / shape.strips, shape), cell_width,
                cell_height, fmt::format("fill=\"{}\"", style.colour));
  }
  return svg;
}

/// Ticks in columns and in eta.
std::string axis(const ImageShape& shape, int y) {
  std::string svg;
  for (int column = 0; column <= shape.strips; column += 64)
    svg += label(left + column * cell_width, y, "middle",
                 fmt::format("{} (η {:.2f})", column, shape.eta_first + shape.eta_pitch * column));
  return svg;
}

std::string legend(int y) {
  std::string svg;
  int x = left;
  for (const OriginStyle& style : origin_styles) {
    svg += rect(x, y - 10, 10, 10, fmt::format("fill=\"{}\"", style.colour)) + label(x + 15, y, "start", style.name);
    x += 140;
  }
  return svg;
}

}  // namespace

std::string draw_event_svg(const EventBatch& batch, std::size_t event, const ImageShape& shape,
                           const DrawOptions& options) {
  expects(event < batch.size(), "an event of the batch");
  const int inner = shape.layers * (cell_height + layer_gap) - layer_gap;
  const int width = left + shape.strips * cell_width + 50, height = top + inner + bottom;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" "
      "font-family=\"sans-serif\" "
      "font-size=\"12\">\n",
      width, height, width, height);
  svg += rect(0, 0, width, height, "fill=\"#ffffff\"") + label(left, 20, "start", event_title(batch, event));
  svg += layers(shape) + hits(batch, event, shape);
  if (options.window_start >= 0)
    svg += rect(left + options.window_start * cell_width - 1, top - 3, options.window_cols * cell_width + 2, inner + 6,
                "fill=\"none\" stroke=\"#009e73\" stroke-width=\"2\"");
  return svg + axis(shape, top + inner + 18) + legend(top + inner + 40) + "</svg>\n";
}

}  // namespace lutra
