#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/artifacts.h"
#include "base/target.h"
#include "fixed/format.h"

namespace lutra {

/// Channels x rows x columns, stored in that order. A vector has rows = cols = 1.
struct Shape {
  int channels = 1;
  int rows = 1;
  int cols = 1;
  int size() const { return channels * rows * cols; }
  friend bool operator==(const Shape&, const Shape&) = default;
};

enum class Op {
  dense,  // weights [out][in]
  conv,   // weights [out][in / groups][kernel_rows][kernel_cols]
  max_pool,
  avg_pool,    // exact: the window must have a power of two of elements, frac grows
  activation,  // optional ReLU and a quantizer, element by element
  flatten,
  table,   // out = table[input], element by element; see Layer::table
  add,     // sum of all inputs, exact
  concat,  // along channels
  argmax,  // index of the largest element, the first of equals; one unsigned output
};

std::string to_string(Op op);
Op parse_op(const std::string& text, const std::string& where);

/// Sliding window of a convolution or pooling. Padding is with zeros (convolution) or ignored cells (max pooling).
struct Window {
  int kernel_rows = 1, kernel_cols = 1;
  int stride_rows = 1, stride_cols = 1;
  int pad_top = 0, pad_bottom = 0, pad_left = 0, pad_right = 0;
  int groups = 1;
  friend bool operator==(const Window&, const Window&) = default;
};

/// One layer of a quantized network. Arithmetic is exact up to the single quantizer at the end:
///   acc[c] = sum_i input_i x weight_(c,i) x 2^-weight_frac[c] + bias[c] x 2^-bias_frac[c]
///   out[c] = quantize(relu ? max(acc, 0) : acc, output[c])
/// Layers without a quantizer (flatten, max_pool, concat, argmax) keep the formats of their inputs.
struct Layer {
  std::string name;
  Op op = Op::dense;
  std::vector<int> inputs;  // indices of earlier layers; network_input for the network's input
  Window window;            // conv and pooling
  int out_channels = 0;     // dense and conv

  std::vector<std::int64_t> weights;
  std::vector<int> weight_frac;    // [out_channels]
  std::vector<std::int64_t> bias;  // [out_channels]
  std::vector<int> bias_frac;      // [out_channels]
  bool relu = false;
  std::vector<Quantizer> output;  // empty, 1 (all channels) or one per channel

  /// table: [1, channels or elements][2^bits of the input]: the entry for an input integer v is at v - input format
  /// min().
  std::vector<std::vector<std::int64_t>> table;
};

inline constexpr int network_input = -1;

/// A quantized network: integers only. Layers are in topological order; the last one is the output.
struct Network {
  std::string name = "network";
  Shape input;
  Format input_format;
  std::vector<Layer> layers;
  std::vector<Target> targets;  // meaning of the outputs; one per output, or empty
};

inline constexpr ArtifactKind network_kind = artifact_kind("network");

/// Shape and formats of every layer's output, computed once by `check`.
struct LayerInfo {
  Shape shape;
  std::vector<Format> formats;  // [shape.size()]
  int acc_bits = 0;             // width of the widest exact accumulator
};

/// Checks the whole network and returns what its layers produce. Error naming the layer when shapes disagree, a weight
/// array has the wrong length, or an accumulator overflows 64 bits.
std::vector<LayerInfo> check(const Network& network);

void write_network(const std::filesystem::path& path, const Network& network, const Json& config);

struct NetworkFile {
  Network network;
  Json config;
};
NetworkFile read_network(const std::filesystem::path& path);

Json network_to_json(const Network& network);
Network network_from_json(const Json& json, const std::string& where);

}  // namespace lutra
