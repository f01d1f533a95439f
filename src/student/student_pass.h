#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "event/dataset.h"
#include "student/student_layout.h"
#include "student/tile.h"

namespace lutra {

/// What a student computes with: every parameter as the network sees it (quantized or not), and every layer's
/// activation (nothing for a pooling).
struct EffectiveStudent {
  std::vector<float> values;            // [parameters], laid out like the parameters
  std::vector<Activation> activations;  // [layers]
};

/// Forward and backward passes of a student over one tile of events after another, adding up gradients with respect to
/// EffectiveStudent::values. A value of its own per thread.
class StudentPass {
 public:
  StudentPass(const StudentLayout& layout, const EffectiveStudent& student);

  /// Loads up to 32 events and computes every layer; missing events read zeros.
  void forward(const Dataset& data, std::span<const std::uint32_t> events);

  /// Before and after the activation of a layer, [outputs]. A pooling has no sums.
  const Tile* sums(std::size_t layer) const { return &sums_[at_[layer]]; }
  const Tile* out(std::size_t layer) const { return &out_[at_[layer]]; }

  /// Where the caller writes d loss / d output of the last layer, and adds d loss / d sums of any layer, between
  /// forward and backward. forward clears them.
  Tile* output_slopes() { return &out_slopes_[at_.back()]; }
  Tile* sum_slopes(std::size_t layer) { return &sum_slopes_[at_[layer]]; }

  void backward();

  /// Adds what all backward passes so far gave to `gradient` [parameters].
  void add_gradient(std::span<float> gradient) const;

  /// d loss / d (fractional bits of a channel's activation) / ln2, summed over all backward passes so far.
  float bit_slope(std::size_t layer, std::size_t channel) const {
    return lane_sum(bit_slopes_[layout_.layers[layer].bias + channel]);
  }

 private:
  void load(std::size_t lane, std::span<const std::int16_t> pixels);
  const Tile* input_of(std::size_t layer) const { return layer == 0 ? input_.data() : out(layer - 1); }

  const StudentLayout& layout_;
  const EffectiveStudent& student_;
  std::vector<std::size_t> at_;  // first unit of each layer
  std::vector<Tile> input_, sums_, out_, out_slopes_, sum_slopes_;
  std::vector<HalfTile> gradient_;
  std::vector<HalfTile> bit_slopes_;  // where the channel's bias is in gradient_
};

}  // namespace lutra
