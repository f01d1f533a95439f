#include "onnx/window.h"

#include <algorithm>

#include "base/error.h"
#include "base/name.h"

namespace lutra::onnx {
namespace {

constexpr std::int64_t max_side = 1 << 16;

/// A list of `count` integers in [lo, max_side].
std::vector<int> sides(const Node& node, const char* name, const std::vector<std::int64_t>& otherwise,
                       std::size_t count, int lo) {
  const auto list = integers_attribute(node, name, otherwise);
  const bool fits = list.size() == count &&
                    std::all_of(list.begin(), list.end(), [&](std::int64_t v) { return v >= lo && v <= max_side; });
  if (!fits) throw Error(std::string("its ") + name + " " + to_string(list) + " are impossible", "", "");
  return {list.begin(), list.end()};
}

/// Padding that keeps ceil(size / stride) positions.
int same_padding(int size, int kernel, int stride) {
  return std::max(0, ((size - 1) / stride) * stride + kernel - size);
}

void set_automatic_padding(Window& w, const Shape& in, const std::string& mode) {
  if (mode == "NOTSET" || mode == "VALID" || mode.empty()) return;
  if (mode != "SAME_UPPER" && mode != "SAME_LOWER")
    throw Error("auto_pad \"" + printable(mode) + "\" is unknown", "", "");
  const int rows = same_padding(in.rows, w.kernel_rows, w.stride_rows);
  const int cols = same_padding(in.cols, w.kernel_cols, w.stride_cols);
  const int extra = mode == "SAME_UPPER" ? 0 : 1;
  w.pad_top = (rows + extra) / 2;
  w.pad_bottom = rows - w.pad_top;
  w.pad_left = (cols + extra) / 2;
  w.pad_right = cols - w.pad_left;
}

}  // namespace

Window window_of(const Node& node, const Signal& signal, const std::vector<std::int64_t>& kernel) {
  if (signal.rank < 3) throw Error("its input is no map", "it has no rows and columns", "");
  const std::size_t axes = signal.rank - 2;
  if (integer_attribute(node, "ceil_mode", 0) != 0)
    throw Error("ceil_mode is not supported", "", "Export with ceil_mode=False");
  const std::vector<std::int64_t> ones(axes, 1);
  for (const int d : sides(node, "dilations", ones, axes, 1))
    if (d != 1) throw Error("dilation is not supported", "", "Write the zeros into the kernel");
  const auto k = sides(node, "kernel_shape", kernel, axes, 1);
  const auto s = sides(node, "strides", ones, axes, 1);
  const auto p = sides(node, "pads", std::vector<std::int64_t>(2 * axes, 0), 2 * axes, 0);
  Window w;
  w.kernel_cols = k.back();
  w.stride_cols = s.back();
  w.pad_left = p[axes - 1];
  w.pad_right = p.back();
  if (axes == 2) {
    w.kernel_rows = k[0];
    w.stride_rows = s[0];
    w.pad_top = p[0];
    w.pad_bottom = p[2];
  }
  set_automatic_padding(w, signal.shape, text_attribute(node, "auto_pad", "NOTSET"));
  return w;
}

}  // namespace lutra::onnx
