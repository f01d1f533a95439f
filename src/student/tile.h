#pragma once
#include <cstddef>
#include <vector>

#include "fixed/format.h"
#include "student/linear_map.h"

/// The student's arithmetic on tiles: one value of 32 events side by side, so that every loop over a layer's products
/// works on whole vector registers and a tile of a whole small network stays in the cache. No sum runs across lanes
/// before the very end, so the results do not depend on the instruction set.
namespace lutra {

inline constexpr std::size_t tile_events = 32;
inline constexpr std::size_t half_tile = 16;

struct alignas(64) Tile {
  float lane[tile_events];
};

/// Sums over tiles, kept apart for 16 lanes until the end.
struct alignas(64) HalfTile {
  float lane[half_tile];
};

/// How the sum of a layer becomes its output, channel by channel: out = clamp(round(sum x scale), lo, hi) / scale.
/// A ReLU is lo = 0. Without rounding it is a clipped linear unit.
struct Activation {
  bool round = true;
  Rounding rounding = Rounding::half_even;  // half_even or half_up
  std::vector<float> scale, lo, hi;         // [channels]; powers of two and integers when rounding
  float slope_outside = 0;                  // share of the gradient that passes outside [lo, hi]
  bool learns_bits = false;                 // scale = 2^f with trainable f, hi = 2^f - 1
};

/// sums[o] = bias[channel of o] + sum of weight x in. Exact, whatever the order, when all partial sums are multiples of
/// one grid and below 2^24 of its units (StudentFormats guarantees it).
void tile_sums(const LinearMap& map, const float* weights, const float* bias, const Tile* in, Tile* sums);

/// out[o] = the largest of its inputs (pool_map).
void tile_max(const LinearMap& map, const Tile* in, Tile* out);

/// in_slopes[i] += slopes[o] where i is the first input that equals out[o].
void tile_add_max_slopes(const LinearMap& map, const Tile* in, const Tile* out, const Tile* slopes, Tile* in_slopes);

void tile_activate(const LinearMap& map, const Activation& activation, const Tile* sums, Tile* out);

/// Straight-through gradient: slopes[o] (d loss / d out) becomes d loss / d sums, in place.
void tile_activate_backward(const LinearMap& map, const Activation& activation, const Tile* sums, Tile* slopes);

/// bit_slopes[c] += sum of slopes x (d out / d f) / ln2 for scale = 2^f: sums - out inside [lo, hi], 1 / scale above.
/// `slopes` are d loss / d out.
void tile_add_bit_slopes(const LinearMap& map, const Activation& activation, const Tile* sums, const Tile* out,
                         const Tile* slopes, HalfTile* bit_slopes);

/// in_slopes[i] += sum of weight x slopes[o].
void tile_add_input_slopes(const LinearMap& map, const float* weights, const Tile* slopes, Tile* in_slopes);

/// weight_slopes[w] += sum of in x slopes over its uses; bias_slopes[c] += sum of slopes.
void tile_add_weight_slopes(const LinearMap& map, const Tile* in, const Tile* slopes, HalfTile* weight_slopes,
                            HalfTile* bias_slopes);

/// Sum of the lanes, in order.
float lane_sum(const HalfTile& half);

}  // namespace lutra
