#include "model/evaluate_block.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "base/contract.h"

// One body, compiled for each instruction set and chosen at start-up. Integers only: all of them give the same bits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define LUTRA_EACH_SIMD __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define LUTRA_EACH_SIMD
#endif

namespace lutra {
namespace {

using Block = std::array<std::int32_t, block_events>;
/// A quarter of a block: one AVX-512 register, two AVX2 registers, or four of SSE.
using Quarter __attribute__((vector_size(block_events))) = std::int32_t;
constexpr std::int64_t narrow_limit = std::int64_t{1} << 30;

bool linear_fits(const Node& n) {
  const int drop = n.frac - n.quantizer.format.frac;
  if (n.magnitude >= narrow_limit) return false;
  if (n.quantized && (n.quantizer.format.bits > 30 || drop > 29 || drop < -29)) return false;
  return !n.quantized || drop >= 0 || n.magnitude < (narrow_limit >> -drop);
}

/// Plain data for the kernels below, so that no call is left inside their loops.
struct Finish {
  int drop;  // bits to round away; negative: zeros to append
  Rounding rounding;
  std::int32_t lo, hi;  // clamp; for wrap the whole 32-bit range
  int wrap_bits;        // 0: no wrapping
  bool wrap_signed;
};

Finish finish_of(const Node& n) {
  constexpr std::int32_t all = std::numeric_limits<std::int32_t>::max();
  Finish f{0, Rounding::down, n.relu ? 0 : -all - 1, all, 0, false};
  if (!n.quantized) return f;
  const Format& format = n.quantizer.format;
  f.drop = n.frac - format.frac;
  f.rounding = n.quantizer.rounding;
  if (n.quantizer.overflow == Overflow::wrap) {
    f.wrap_bits = format.bits;
    f.wrap_signed = format.is_signed;
    return f;
  }
  // ReLU before rounding equals clamping at 0 after it: rounding keeps the order and 0.
  f.lo = std::max(f.lo, static_cast<std::int32_t>(format.min()));
  f.hi = static_cast<std::int32_t>(format.max());
  return f;
}

/// Four running sums stay in registers: an array of them would be written back after every term.
LUTRA_EACH_SIMD
void sum_terms(const Term* terms, std::size_t count, std::int32_t bias, const std::int32_t* values, std::int32_t* out) {
  Quarter sum0 = Quarter{} + bias;
  Quarter sum1 = sum0, sum2 = sum0, sum3 = sum0;
  for (std::size_t t = 0; t < count; ++t) {
    const auto weight = static_cast<std::int32_t>(terms[t].weight);
    Quarter x[4];
    std::memcpy(x, values + static_cast<std::size_t>(terms[t].element) * block_events, sizeof x);
    sum0 += x[0] * weight;
    sum1 += x[1] * weight;
    sum2 += x[2] * weight;
    sum3 += x[3] * weight;
  }
  const Quarter sums[4] = {sum0, sum1, sum2, sum3};
  std::memcpy(out, sums, sizeof sums);
}

LUTRA_EACH_SIMD
void round_and_limit(std::int32_t* v, Finish f) {
  if (f.drop > 0 && f.rounding == Rounding::half_up)
    for (std::size_t e = 0; e < block_events; ++e) v[e] = (v[e] + (1 << (f.drop - 1))) >> f.drop;
  else if (f.drop > 0 && f.rounding == Rounding::half_even)
    for (std::size_t e = 0; e < block_events; ++e)
      v[e] = (v[e] + (1 << (f.drop - 1)) - 1 + ((v[e] >> f.drop) & 1)) >> f.drop;
  else if (f.drop > 0)
    for (std::size_t e = 0; e < block_events; ++e) v[e] >>= f.drop;
  else
    for (std::size_t e = 0; e < block_events; ++e) v[e] <<= -f.drop;
  for (std::size_t e = 0; e < block_events; ++e) v[e] = std::min(std::max(v[e], f.lo), f.hi);
  if (f.wrap_bits == 0) return;
  const int unused = 32 - f.wrap_bits;
  if (f.wrap_signed)
    for (std::size_t e = 0; e < block_events; ++e) v[e] = (v[e] << unused) >> unused;
  else
    for (std::size_t e = 0; e < block_events; ++e) v[e] &= (1 << f.wrap_bits) - 1;
}

void select_max(const Node& n, const std::int32_t* values, std::int32_t* out, bool position) {
  Block best;
  best.fill(std::numeric_limits<std::int32_t>::min());
  for (std::size_t t = 0; t < n.terms.size(); ++t) {
    const std::int32_t* x = values + static_cast<std::size_t>(n.terms[t].element) * block_events;
    const auto weight = static_cast<std::int32_t>(n.terms[t].weight);
    for (std::size_t e = 0; e < block_events; ++e) {
      const std::int32_t candidate = weight * x[e];
      if (candidate <= best[e]) continue;
      best[e] = candidate;
      out[e] = position ? static_cast<std::int32_t>(t) : candidate;
    }
  }
}

void look_up(const Node& n, const std::int32_t* values, std::int32_t* out) {
  const std::int32_t* x = values + static_cast<std::size_t>(n.terms[0].element) * block_events;
  for (std::size_t e = 0; e < block_events; ++e)
    out[e] = static_cast<std::int32_t>((*n.table)[static_cast<std::size_t>(x[e] - n.table_min)]);
}

}  // namespace

bool fits_32_bits(const UnrolledNetwork& network) {
  for (const Format& f : network.formats)
    if (f.bits > 30) return false;
  for (const Node& n : network.nodes) {
    for (const Term& t : n.terms)
      if (t.weight >= narrow_limit || t.weight <= -narrow_limit) return false;
    if (n.kind == Node::Kind::linear && !linear_fits(n)) return false;
    if (n.kind == Node::Kind::argmax)
      for (const Term& t : n.terms) {
        const Interval r = network.ranges[static_cast<std::size_t>(t.element)];
        if (std::max(-r.lo, r.hi) * t.weight >= narrow_limit) return false;
      }
  }
  return true;
}

void evaluate_block(const UnrolledNetwork& network, std::span<std::int32_t> values) {
  expects(values.size() == network.formats.size() * block_events, "one block per element");
  std::int32_t* out = values.data() + static_cast<std::size_t>(network.inputs) * block_events;
  for (const Node& n : network.nodes) {
    switch (n.kind) {
      case Node::Kind::linear:
        sum_terms(n.terms.data(), n.terms.size(), static_cast<std::int32_t>(n.bias), values.data(), out);
        round_and_limit(out, finish_of(n));
        break;
      case Node::Kind::max:
        select_max(n, values.data(), out, false);
        break;
      case Node::Kind::argmax:
        select_max(n, values.data(), out, true);
        break;
      case Node::Kind::table:
        look_up(n, values.data(), out);
        break;
    }
    out += block_events;
  }
}

}  // namespace lutra
