#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "model/network.h"
#include "student/student_layout.h"
#include "student/student_pass.h"

namespace lutra {

/// Number formats of one layer; of a pooling only output.format counts. Biases lie on the grid of the accumulator:
/// bias_frac = weight.frac + input frac.
struct LayerFormat {
  Format weight;         // signed
  bool ternary = false;  // weights are -1, 0 or 1 units
  int bias_frac = 0;
  Quantizer output;  // unsigned n bits in [0, 1) inside, signed at the end
};

/// A uniformly quantized student: weights are n-bit numbers in [-1, 1) times a power of two per layer, activations
/// unsigned n-bit numbers in [0, 1). The last layer has its own, wider format.
using StudentFormats = std::vector<LayerFormat>;

/// Chooses the power of two of each layer that loses least (squared error of its weights). Error when the sums of a
/// layer could leave the 24 bits in which 32-bit floats count exactly; a float student, which is rounded only after
/// training, may.
StudentFormats choose_formats(const StudentLayout& layout, const StudentConfig& config,
                              std::span<const float> parameters);

/// Every parameter as the integer that the firmware will hold.
std::vector<std::int64_t> quantized_parameters(const StudentLayout& layout, const StudentFormats& formats,
                                               std::span<const float> parameters);

/// What training computes with: exactly those integers, as floats.
EffectiveStudent quantized_student(const StudentLayout& layout, const StudentFormats& formats,
                                   std::span<const float> parameters, double slope_outside);

/// The same network before quantization: plain weights, activations clipped to [0, 1].
EffectiveStudent float_student(const StudentLayout& layout, std::span<const float> parameters, double slope_outside);

/// Pulls every weight back into the range of its format.
void project(const StudentLayout& layout, const StudentFormats& formats, std::span<float> parameters);

/// A network layer with the kind, window and shape of a student's layer: weights all 0, no biases or formats yet.
Layer empty_layer(const StudentLayer& from);

/// Joins exported layers, one per student layer, into a checked network: ReLU after every conv and dense but the
/// last, maps flattened before dense layers.
Network chain_layers(const StudentLayout& layout, std::vector<Layer> layers);

/// Error naming the layer when a sum of the network can need more than the 24 bits in which floats count exactly, so
/// that training may have seen other values than the integers give.
void check_float_exact(const Network& network);

/// The integer network, checked.
Network export_network(const StudentLayout& layout, const StudentFormats& formats, std::span<const float> parameters);

}  // namespace lutra
