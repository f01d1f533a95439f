#include "student/tile.h"

#include <cstdint>

namespace lutra {
namespace {

// GCC vectors of 16 floats: one AVX-512 register, two of AVX, four of SSE, with the same results lane by lane.
using Vector = float __attribute__((vector_size(64), may_alias));

// One clone per instruction set, chosen when the program starts.
#define LUTRA_ALL_CPUS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define LUTRA_INLINE inline __attribute__((always_inline))

LUTRA_INLINE const Vector& low(const Tile& tile) { return reinterpret_cast<const Vector*>(&tile)[0]; }
LUTRA_INLINE const Vector& high(const Tile& tile) { return reinterpret_cast<const Vector*>(&tile)[1]; }
LUTRA_INLINE Vector& low(Tile& tile) { return reinterpret_cast<Vector*>(&tile)[0]; }
LUTRA_INLINE Vector& high(Tile& tile) { return reinterpret_cast<Vector*>(&tile)[1]; }
LUTRA_INLINE Vector& whole(HalfTile& half) { return *reinterpret_cast<Vector*>(&half); }

/// Nearest integer, ties to even, for |v| < 2^22: at 2^23 the last place of a float is one.
LUTRA_INLINE void round_half_even(Vector& v) {
  constexpr float shift = 0x1.8p23f;
  v = (v + shift) - shift;
}

/// floor(v + 1/2).
LUTRA_INLINE void round_half_up(Vector& v) {
  const Vector raised = v + 0.5f;
  v = raised;
  round_half_even(v);
  v = v > raised ? v - 1.0f : v;
}

LUTRA_INLINE void clamp(Vector& v, float lo, float hi) {
  const Vector at_least = Vector{} + lo, at_most = Vector{} + hi;
  v = v < at_least ? at_least : v;
  v = v > at_most ? at_most : v;
}

LUTRA_INLINE void activate(Vector& out, const Vector& sum, const Activation& a, std::uint32_t c) {
  out = sum * a.scale[c];
  if (a.round) {
    clamp(out, a.lo[c] - 1, a.hi[c] + 1);  // keeps the rounding trick in its range; changes no result
    a.rounding == Rounding::half_even ? round_half_even(out) : round_half_up(out);
  }
  clamp(out, a.lo[c], a.hi[c]);
  out = out * (1 / a.scale[c]);
}

LUTRA_INLINE void pass_slope(Vector& slope, const Vector& sum, const Activation& a, std::uint32_t c) {
  const Vector at = sum * a.scale[c];
  Vector inside = at;
  clamp(inside, a.lo[c], a.hi[c]);
  const Vector leaked = slope * a.slope_outside;
  slope = inside == at ? slope : leaked;
}

/// Moves `left` to the slope of an input that is the largest.
LUTRA_INLINE void give_slope(Vector& to, const Vector& in, const Vector& out, Vector& left) {
  const Vector none{};
  to += in == out ? left : none;
  left = in == out ? none : left;
}

LUTRA_INLINE void add_bit_slope(Vector& to, const Vector& sum, const Vector& out, const Vector& slope,
                                const Activation& a, std::uint32_t c) {
  const Vector at = sum * a.scale[c];
  const Vector lo = Vector{} + a.lo[c], hi = Vector{} + a.hi[c], last_place = Vector{} + 1 / a.scale[c];
  Vector change = sum - out;
  change = at > hi ? last_place : change;
  change = at < lo ? Vector{} : change;
  to += change * slope;
}

}  // namespace

LUTRA_ALL_CPUS void tile_sums(const LinearMap& map, const float* weights, const float* bias, const Tile* in,
                              Tile* sums) {
  const Link* links = map.by_output.links.data();
  for (std::size_t o = 0; o < static_cast<std::size_t>(map.outputs); ++o) {
    Vector first = Vector{} + bias[map.channel_of[o]], second = first;
    const std::uint32_t end = map.by_output.begin[o + 1];
    for (std::uint32_t l = map.by_output.begin[o]; l < end; ++l) {
      const float weight = weights[links[l].b];
      first += low(in[links[l].a]) * weight;
      second += high(in[links[l].a]) * weight;
    }
    low(sums[o]) = first;
    high(sums[o]) = second;
  }
}

LUTRA_ALL_CPUS void tile_max(const LinearMap& map, const Tile* in, Tile* out) {
  const Link* links = map.by_output.links.data();
  for (std::size_t o = 0; o < static_cast<std::size_t>(map.outputs); ++o) {
    const std::uint32_t begin = map.by_output.begin[o], end = map.by_output.begin[o + 1];
    Vector first = low(in[links[begin].a]), second = high(in[links[begin].a]);
    for (std::uint32_t l = begin + 1; l < end; ++l) {
      const Tile& other = in[links[l].a];
      first = low(other) > first ? low(other) : first;
      second = high(other) > second ? high(other) : second;
    }
    low(out[o]) = first;
    high(out[o]) = second;
  }
}

LUTRA_ALL_CPUS void tile_add_max_slopes(const LinearMap& map, const Tile* in, const Tile* out, const Tile* slopes,
                                        Tile* in_slopes) {
  const Link* links = map.by_output.links.data();
  for (std::size_t o = 0; o < static_cast<std::size_t>(map.outputs); ++o) {
    Vector first = low(slopes[o]), second = high(slopes[o]);  // what no input has taken yet
    for (std::uint32_t l = map.by_output.begin[o]; l < map.by_output.begin[o + 1]; ++l) {
      give_slope(low(in_slopes[links[l].a]), low(in[links[l].a]), low(out[o]), first);
      give_slope(high(in_slopes[links[l].a]), high(in[links[l].a]), high(out[o]), second);
    }
  }
}

LUTRA_ALL_CPUS void tile_activate(const LinearMap& map, const Activation& activation, const Tile* sums, Tile* out) {
  for (std::size_t o = 0; o < static_cast<std::size_t>(map.outputs); ++o) {
    activate(low(out[o]), low(sums[o]), activation, map.channel_of[o]);
    activate(high(out[o]), high(sums[o]), activation, map.channel_of[o]);
  }
}

LUTRA_ALL_CPUS void tile_activate_backward(const LinearMap& map, const Activation& activation, const Tile* sums,
                                           Tile* slopes) {
  for (std::size_t o = 0; o < static_cast<std::size_t>(map.outputs); ++o) {
    pass_slope(low(slopes[o]), low(sums[o]), activation, map.channel_of[o]);
    pass_slope(high(slopes[o]), high(sums[o]), activation, map.channel_of[o]);
  }
}

LUTRA_ALL_CPUS void tile_add_bit_slopes(const LinearMap& map, const Activation& activation, const Tile* sums,
                                        const Tile* out, const Tile* slopes, HalfTile* bit_slopes) {
  for (std::size_t o = 0; o < static_cast<std::size_t>(map.outputs); ++o) {
    const std::uint32_t c = map.channel_of[o];
    add_bit_slope(whole(bit_slopes[c]), low(sums[o]), low(out[o]), low(slopes[o]), activation, c);
    add_bit_slope(whole(bit_slopes[c]), high(sums[o]), high(out[o]), high(slopes[o]), activation, c);
  }
}

LUTRA_ALL_CPUS void tile_add_input_slopes(const LinearMap& map, const float* weights, const Tile* slopes,
                                          Tile* in_slopes) {
  const Link* links = map.by_input.links.data();
  for (std::size_t i = 0; i < static_cast<std::size_t>(map.inputs); ++i) {
    Vector first = low(in_slopes[i]), second = high(in_slopes[i]);
    const std::uint32_t end = map.by_input.begin[i + 1];
    for (std::uint32_t l = map.by_input.begin[i]; l < end; ++l) {
      const float weight = weights[links[l].b];
      first += low(slopes[links[l].a]) * weight;
      second += high(slopes[links[l].a]) * weight;
    }
    low(in_slopes[i]) = first;
    high(in_slopes[i]) = second;
  }
}

LUTRA_ALL_CPUS void tile_add_weight_slopes(const LinearMap& map, const Tile* in, const Tile* slopes,
                                           HalfTile* weight_slopes, HalfTile* bias_slopes) {
  const Link* links = map.by_weight.links.data();
  for (std::size_t w = 0; w < static_cast<std::size_t>(map.weights); ++w) {
    Vector first{}, second{};
    const std::uint32_t end = map.by_weight.begin[w + 1];
    for (std::uint32_t l = map.by_weight.begin[w]; l < end; ++l) {
      first += low(in[links[l].a]) * low(slopes[links[l].b]);
      second += high(in[links[l].a]) * high(slopes[links[l].b]);
    }
    whole(weight_slopes[w]) += first + second;
  }
  for (std::size_t o = 0; o < static_cast<std::size_t>(map.outputs); ++o)
    whole(bias_slopes[map.channel_of[o]]) += low(slopes[o]) + high(slopes[o]);
}

float lane_sum(const HalfTile& half) {
  float sum = 0;
  for (const float v : half.lane) sum += v;
  return sum;
}

}  // namespace lutra
