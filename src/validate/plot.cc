#include "validate/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/contract.h"
#include "base/xml.h"

namespace lutra {
namespace {

constexpr double width = 760, left = 70, right = 24, plot_height = 330, bottom = 52;
constexpr double legend_top = 44, legend_line = 20, legend_column = 330;
constexpr int legend_columns = 2;

/// Series with an entry in the legend.
std::vector<Series> named(const Plot& plot) {
  std::vector<Series> series;
  std::copy_if(plot.series.begin(), plot.series.end(), std::back_inserter(series),
               [](const Series& s) { return !s.name.empty(); });
  return series;
}

/// Where the numbers of a plot lie on the page.
class Frame {
 public:
  explicit Frame(const Plot& plot) : plot_(plot) {
    const double lines = std::ceil(static_cast<double>(named(plot).size()) / legend_columns);
    top = legend_top + lines * legend_line + 2;
    height = top + plot_height + bottom;
  }
  double x(double value) const { return left + fraction(plot_.x, value) * (width - left - right); }
  double y(double value) const { return top + (1 - fraction(plot_.y, value)) * plot_height; }

  double top = 0, height = 0;

 private:
  static double fraction(const PlotAxis& axis, double value) {
    if (!axis.is_logarithmic) return (value - axis.lo) / (axis.hi - axis.lo);
    return std::log(std::max(value, axis.lo * 1e-3) / axis.lo) / std::log(axis.hi / axis.lo);
  }

  const Plot& plot_;
};

std::string text(double x, double y, const char* anchor, const std::string& content, const char* extra = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\"{}>{}</text>\n", x, y, anchor, extra,
                     xml_text(content));
}

std::string line(double x1, double y1, double x2, double y2, const std::string& style) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>\n", x1, y1, x2, y2, style);
}

std::string rect(double x, double y, double w, double h, const std::string& style) {
  return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" {}/>\n", x, y, w, h, style);
}

std::string path(const std::vector<double>& xs, const std::vector<double>& ys, const Frame& frame) {
  std::string points;
  for (std::size_t i = 0; i < xs.size(); ++i) points += fmt::format("{:.1f},{:.1f} ", frame.x(xs[i]), frame.y(ys[i]));
  return points;
}

std::string draw_line(const Series& s, const Frame& frame) {
  return fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"{}/>\n",
                     path(s.x, s.y, frame), s.colour, s.mark == Mark::dashed ? " stroke-dasharray=\"6 4\"" : "");
}

std::string draw_band(const Series& s, const Frame& frame) {
  const std::vector<double> back(s.x.rbegin(), s.x.rend()), lower(s.lo.rbegin(), s.lo.rend());
  return fmt::format("<polygon points=\"{}{}\" fill=\"{}\" fill-opacity=\"0.3\"/>\n", path(s.x, s.hi, frame),
                     path(back, lower, frame), s.colour);
}

/// A vertical bar with caps from lo to hi, when the series has intervals.
std::string draw_interval(const Series& s, std::size_t i, const Frame& frame) {
  if (s.lo.empty()) return "";
  const std::string style = fmt::format("stroke=\"{}\" stroke-width=\"1.5\"", s.colour);
  const double x = frame.x(s.x[i]), lo = frame.y(s.lo[i]), hi = frame.y(s.hi[i]);
  return line(x, lo, x, hi, style) + line(x - 5, lo, x + 5, lo, style) + line(x - 5, hi, x + 5, hi, style);
}

std::string draw_points(const Series& s, const Frame& frame) {
  std::string svg;
  for (std::size_t i = 0; i < s.x.size(); ++i) {
    svg += draw_interval(s, i, frame);
    svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.5\" fill=\"{}\"><title>{:g}, {:g}</title></circle>\n",
                       frame.x(s.x[i]), frame.y(s.y[i]), s.colour, s.x[i], s.y[i]);
  }
  return svg;
}

std::string draw_bars(const Series& s, const Frame& frame, double bottom_y) {
  std::string svg;
  for (std::size_t i = 0; i < s.x.size(); ++i) {
    const double x = frame.x(s.x[i] - s.bar_width / 2), y = std::min(frame.y(s.y[i]), bottom_y);
    svg += rect(x, y, frame.x(s.x[i] + s.bar_width / 2) - x, bottom_y - y,
                fmt::format("fill=\"{}\" fill-opacity=\"0.55\"", s.colour));
    svg += draw_interval(s, i, frame);
  }
  return svg;
}

std::string draw_series(const Series& s, const Frame& frame) {
  switch (s.mark) {
    case Mark::band:
      return draw_band(s, frame);
    case Mark::points:
      return draw_points(s, frame);
    case Mark::bars:
      return draw_bars(s, frame, frame.top + plot_height);
    default:
      return draw_line(s, frame);
  }
}

/// A small picture of the mark beside its name.
std::string legend_key(const Series& s, double x, double y) {
  switch (s.mark) {
    case Mark::band:
      return rect(x, y - 6, 24, 12, fmt::format("fill=\"{}\" fill-opacity=\"0.3\"", s.colour));
    case Mark::bars:
      return rect(x, y - 6, 24, 12, fmt::format("fill=\"{}\" fill-opacity=\"0.55\"", s.colour));
    case Mark::points:
      return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"{}\"/>\n", x + 12, y, s.colour);
    default:
      return line(x, y, x + 24, y,
                  fmt::format("stroke=\"{}\" stroke-width=\"2\"{}", s.colour,
                              s.mark == Mark::dashed ? " stroke-dasharray=\"6 4\"" : ""));
  }
}

std::string legend(const Plot& plot) {
  std::string svg;
  const std::vector<Series> entries = named(plot);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const double x = left + static_cast<double>(i % legend_columns) * legend_column;
    const double y = legend_top + static_cast<double>(i / legend_columns) * legend_line;
    svg += legend_key(entries[i], x, y) + text(x + 31, y + 4, "start", entries[i].name);
  }
  return svg;
}

std::vector<double> ticks_of(const PlotAxis& axis) {
  return axis.ticks.empty() ? round_ticks(axis.lo, axis.hi, 8) : axis.ticks;
}

std::string tick_label(const PlotAxis& axis, std::size_t i, double value) {
  return axis.tick_labels.empty() ? fmt::format("{:g}", value) : axis.tick_labels[i];
}

std::string axes(const Plot& plot, const Frame& frame) {
  const double floor = frame.top + plot_height, end = width - right;
  std::string svg;
  const std::vector<double> xs = ticks_of(plot.x), ys = ticks_of(plot.y);
  for (std::size_t i = 0; i < xs.size(); ++i) {
    svg += line(frame.x(xs[i]), frame.top, frame.x(xs[i]), floor, "stroke=\"#e4e4e4\"");
    svg += text(frame.x(xs[i]), floor + 17, "middle", tick_label(plot.x, i, xs[i]));
  }
  for (std::size_t i = 0; i < ys.size(); ++i) {
    svg += line(left, frame.y(ys[i]), end, frame.y(ys[i]), "stroke=\"#e4e4e4\"");
    svg += text(left - 7, frame.y(ys[i]) + 4, "end", tick_label(plot.y, i, ys[i]));
  }
  const double middle = frame.top + plot_height / 2;
  svg += text((left + end) / 2, floor + 40, "middle", plot.x.label);
  svg += text(18, middle, "middle", plot.y.label, fmt::format(" transform=\"rotate(-90 18 {:.1f})\"", middle).c_str());
  return svg;
}

}  // namespace

std::vector<double> round_ticks(double lo, double hi, int count) {
  expects(hi > lo && count > 0, "a range and some ticks");
  const double raw = (hi - lo) / count, power = std::pow(10, std::floor(std::log10(raw)));
  double step = 10 * power;
  for (const double factor : {5.0, 2.0, 1.0})
    if (factor * power >= raw * 0.999) step = factor * power;
  std::vector<double> ticks;
  for (double k = std::ceil(lo / step - 1e-6); k * step <= hi + 1e-6 * step; ++k)
    ticks.push_back(k * step + 0.0);  // no -0
  return ticks;
}

std::string plot_svg(const Plot& plot) {
  const Frame frame(plot);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "font-family=\"sans-serif\" font-size=\"13\">\n",
      width, frame.height);
  svg += rect(0, 0, width, frame.height, "fill=\"#ffffff\"");
  svg += text(left, 22, "start", plot.title, " font-size=\"15\" font-weight=\"bold\"");
  svg += axes(plot, frame);
  const double inner = width - left - right;
  svg += "<clipPath id=\"frame\">" + rect(left, frame.top, inner, plot_height, "") + "</clipPath>\n";
  svg += "<g clip-path=\"url(#frame)\">\n";
  for (const Series& s : plot.series) svg += draw_series(s, frame);
  svg += "</g>\n" + rect(left, frame.top, inner, plot_height, "fill=\"none\" stroke=\"#444444\"");
  return svg + legend(plot) + "</svg>\n";
}

}  // namespace lutra
