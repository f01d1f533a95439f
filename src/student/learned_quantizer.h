#pragma once
#include "student/hardware_cost.h"
#include "student/student_quantizer.h"

namespace lutra {

/// Learned precision after HGQ (arXiv 2405.00645): every weight (or channel, or layer) and every channel of activations
/// has its own trainable number of fractional bits f, used rounded.
///
///   weights      q = round(w 2^f) 2^-f                       d q / d f = ln2 (w - q)
///   activations  q = clamp(round(x 2^f), 0, 2^f - 1) 2^-f    d q / d f = ln2 (x - q) inside, ln2 2^-f above
///
/// A weight below half of its last place is 0, an activation without bits too: pruning falls out. The hardware cost
/// is that of config.learn.cost (HardwareCost): mainly EBOPs, the sum over all products of (bits of weight) x (bits of
/// input); the bits of a weight reach from its leading one to its last place.
class LearnedQuantizer : public StudentQuantizer {
 public:
  LearnedQuantizer(const StudentLayout& layout, const StudentConfig& config);

  /// Parameters of a student with its bits.
  std::size_t parameters() const { return parameters_; }

  /// Sets the bits to what training starts from.
  void start_bits(std::span<float> parameters) const;

  EffectiveStudent effective(std::span<const float> parameters) const override;
  void add_gradient(std::span<const float> parameters, const StudentPass& pass,
                    std::span<float> gradient) const override;
  void project(std::span<float> parameters) const override;
  double cost(std::span<const float> parameters, double scale, std::span<float> gradient) const override;

  /// Rate scales of a run that learns bits: `factor` for them, 1 for the rest.
  std::vector<float> learning_rates(double factor, std::size_t all_parameters) const;

  /// Rate scales of a run with bits and pruning fixed: 0 for the bits and for the weights that are 0 on their grid.
  std::vector<float> frozen_rates(std::span<const float> parameters) const;

  /// Distance of two outputs of the network, in scaled units.
  double output_grid() const { return to_real(1, output_.frac); }

  /// The integer network, checked. Error when sums need more than the 24 bits that floats count exactly.
  Network export_network(std::span<const float> parameters) const;

 private:
  struct Bits {
    std::vector<std::uint32_t> of_weight;   // [weights] index into the parameters
    std::vector<std::uint32_t> of_channel;  // [channels] of the activation; empty in the last layer
    std::vector<std::uint32_t> source;      // [weights] channel of the previous layer (0 for the image) that it reads
    std::vector<double> uses;               // [weights] products of one event
  };

  double input_bits(std::span<const float> parameters, std::size_t layer, std::uint32_t channel) const;
  int output_frac(std::span<const float> parameters, std::size_t layer, std::size_t channel) const;
  /// The layer that gives a layer its values, poolings passed over; -1: the image.
  std::ptrdiff_t source_layer(std::size_t layer) const;
  double pool_cost(std::span<const float> parameters, std::size_t layer, double scale, std::span<float> gradient) const;
  double product_cost(std::span<const float> parameters, std::size_t layer, double scale,
                      std::span<float> gradient) const;
  /// Whether all weights of a channel are 0 on their grids.
  bool is_constant(std::span<const float> parameters, std::size_t layer, std::size_t channel) const;
  double output_cost(std::span<const float> parameters, std::size_t layer, double scale,
                     std::span<float> gradient) const;
  double table_cost(std::span<const float> parameters, std::size_t layer, double scale,
                    std::span<float> gradient) const;
  Layer export_table(std::span<const float> parameters, std::size_t layer) const;
  Layer export_layer(std::span<const float> parameters, std::size_t layer) const;

  const StudentLayout& layout_;
  const StudentConfig& config_;
  Rounding rounding_;
  Format output_;
  HardwareCost cost_;
  std::vector<Bits> bits_;
  std::size_t parameters_ = 0;
};

}  // namespace lutra
