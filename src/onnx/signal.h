#pragma once
#include <string>
#include <vector>

#include "base/budget.h"
#include "fixed/interval.h"
#include "model/network.h"
#include "onnx/steps.h"

namespace lutra::onnx {

/// What a tensor of the graph is in terms of the network built so far. In channel c
///   value = steps(scale[c] x (integer x 2^-format[c].frac + zero[c]))
/// where the integers are the outputs of `layer`. Without steps the tensor is settled: integers carry it.
struct Signal {
  int layer = network_input;
  Shape shape;
  std::size_t rank = 2;         // of the ONNX tensor, with the batch dimension: 2 [1, C], 3 [1, C, L], 4 [1, C, H, W]
  std::vector<Format> format;   // of the integers; this and the following have one entry per channel
  std::vector<Interval> range;  // reachable integers
  std::vector<double> scale;    // > 0
  std::vector<double> zero;
  std::vector<Step> steps;
  bool real = false;  // the graph's input before its quantizer: there are no integers yet
  bool own = false;   // nobody else reads the layer: rounding may be merged into it

  std::size_t channels() const { return static_cast<std::size_t>(shape.channels); }
  /// The value of an integer; when the last step is a quant, its code.
  double value(std::size_t channel, std::int64_t integer) const;
  /// Result of steps for the graph's real input.
  double value_of_real(std::size_t channel, double x) const { return apply(steps, channel, x); }
};

/// A settled signal of `layer`, worth its integers x 2^-frac, without zero points.
Signal plain_signal(int layer, Shape shape, std::size_t rank, std::vector<Format> format, std::vector<Interval> range);

/// Joins rows and columns into channels: every per-channel list gets one entry per element.
void flatten_channels(Signal& signal);

/// Entry per channel of a constant that broadcasts to the signal's tensor. Error when it differs within a channel.
std::vector<double> per_channel(const Signal& signal, const Tensor& constant);

/// The same for parameters that are one list of channels whatever the rank: a bias, a normalisation.
std::vector<double> one_per_channel(const Signal& signal, const Tensor& constant);

/// Appends layers to a network under construction.
class Builder {
 public:
  explicit Builder(std::int64_t max_products) : max_products_(max_products) {}

  /// Adds a layer with a name of its own made from `name`; returns its index. Error when its shape is impossible or the
  /// network outgrows the limit of products or that of table entries.
  int add(Layer layer, const std::string& name);
  Shape shape(int layer) const;

  Network network;

 private:
  std::string unique(const std::string& name) const;
  std::int64_t max_products_;
  std::int64_t products_ = 0;
  Budget table_entries_{"entries in tables", std::uint64_t{1} << 24};
  std::vector<Shape> shapes_;
};

/// Power of two? Then its logarithm.
bool is_power_of_two(double x, int& exponent);

}  // namespace lutra::onnx
