#pragma once
#include <string>
#include <vector>

namespace lutra {

/// One axis. Without ticks they are chosen; with labels they are named.
struct PlotAxis {
  std::string label;  // with the unit: "pT [GeV]"
  double lo = 0, hi = 1;
  bool is_logarithmic = false;
  std::vector<double> ticks;
  std::vector<std::string> tick_labels;
};

enum class Mark {
  line,    // through (x, y)
  dashed,  // the same, dashed
  band,    // filled between lo and hi
  points,  // circles at (x, y), with bars from lo to hi when given
  bars,    // from the axis to y, around x, with intervals when given
};

/// Numbers drawn in one way.
struct Series {
  std::string name;  // in the legend; empty: not there
  Mark mark = Mark::points;
  std::string colour;
  std::vector<double> x, y;    // y may be empty for a band
  std::vector<double> lo, hi;  // empty: no interval
  double bar_width = 0.8;      // in units of x
};

struct Plot {
  std::string name;  // of its file, without ".svg"
  std::string title;
  PlotAxis x, y;
  std::vector<Series> series;  // later ones are drawn above earlier ones
};

/// A stand-alone SVG picture. Numbers outside the axes are clipped away.
std::string plot_svg(const Plot& plot);

/// About `count` round numbers (1, 2 or 5 times a power of ten apart) in [lo, hi].
std::vector<double> round_ticks(double lo, double hi, int count);

/// Colours that stay apart for colour-blind eyes (Okabe and Ito).
namespace colour {
inline constexpr const char* black = "#000000";
inline constexpr const char* blue = "#0072b2";
inline constexpr const char* light_blue = "#56b4e9";
inline constexpr const char* green = "#009e73";
inline constexpr const char* orange = "#e69f00";
inline constexpr const char* red = "#d55e00";
inline constexpr const char* grey = "#999999";
}  // namespace colour

}  // namespace lutra
