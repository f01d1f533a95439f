#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/contract.h"
#include "base/xml.h"
#include "inspect/draw.h"
#include "inspect/draw_style.h"

namespace lutra {
namespace {

constexpr std::string_view shades = " .:-=+*%@#";
constexpr int cell = 16, top = 30;

double value_of(const Dataset& data, std::size_t event, int row, int col) {
  return to_real(data.input(event)[static_cast<std::size_t>(row * data.cols + col)], data.input_format.frac);
}

std::string title(const Dataset& data, std::size_t event) {
  static const char* const splits[] = {"train", "validation", "test"};
  std::string text = fmt::format("event {} ({}):", event, splits[static_cast<int>(data.split[event])]);
  for (std::size_t t = 0; t < data.targets.size(); ++t)
    text +=
        fmt::format("{} {} {:.4g}{}", t ? "," : "", data.targets[t].name, data.truth[event * data.targets.size() + t],
                    data.targets[t].unit.empty() ? "" : " " + data.targets[t].unit);
  if (data.window_start[event] != 0) text += fmt::format(", window from column {}", data.window_start[event]);
  return text;
}

/// Where a value lies between the smallest and the largest input of the event, from 0 to 1; 0 when all are the same.
class Scale {
 public:
  Scale(const Dataset& data, std::size_t event) {
    const auto input = data.input(event);
    const auto [lo, hi] = std::minmax_element(input.begin(), input.end());
    lo_ = to_real(std::min<std::int16_t>(*lo, 0), data.input_format.frac);
    hi_ = to_real(*hi, data.input_format.frac);
  }
  double operator()(double value) const { return hi_ > lo_ ? (value - lo_) / (hi_ - lo_) : 0; }

 private:
  double lo_ = 0, hi_ = 0;
};

std::string numbers(const Dataset& data, std::size_t event) {
  std::string text;
  for (int col = 0; col < data.cols; ++col)
    text += fmt::format("{:>10.4g}{}", value_of(data, event, 0, col),
                        (col + 1) % 8 == 0 && col + 1 < data.cols ? "\n" : "");
  return text + "\n";
}

}  // namespace

std::string draw_input_text(const Dataset& data, std::size_t event) {
  expects(event < data.size(), "an event of the data set");
  std::string text = title(data, event) + "\n";
  if (data.rows == 1) return text + numbers(data, event);
  const Scale scale(data, event);
  for (int row = 0; row < data.rows; ++row) {
    text += "|";
    for (int col = 0; col < data.cols; ++col) {
      const double at = scale(value_of(data, event, row, col)) * static_cast<double>(shades.size() - 1);
      text += shades[static_cast<std::size_t>(at + 0.5)];
    }
    text += "|\n";
  }
  return text;
}

std::string draw_input_svg(const Dataset& data, std::size_t event) {
  expects(event < data.size(), "an event of the data set");
  const int width = std::max(data.cols * cell, 360), height = top + data.rows * cell;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" "
      "font-family=\"sans-serif\" "
      "font-size=\"12\">\n<rect width=\"{}\" height=\"{}\" fill=\"#ffffff\"/>\n<text x=\"2\" y=\"18\">{}</text>\n",
      width, height, width, height, width, height, xml_text(title(data, event)));
  const Scale scale(data, event);
  for (int row = 0; row < data.rows; ++row)
    for (int col = 0; col < data.cols; ++col) {
      const int grey = 244 - static_cast<int>(244 * scale(value_of(data, event, row, col)));
      svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"rgb({},{},{})\"/>\n", col * cell,
                         top + row * cell, cell - 1, cell - 1, grey, grey, grey);
    }
  return svg + "</svg>\n";
}

}  // namespace lutra
