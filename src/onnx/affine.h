#pragma once
#include <optional>

#include "onnx/signal.h"

namespace lutra::onnx {

/// code = clamp(round((multiplier x + bias) / 2^drop)) of a channel's integer x; relu before rounding.
struct AffineRule {
  std::int64_t multiplier = 1;
  std::int64_t bias = 0;
  int drop = 0;
  Rounding rounding = Rounding::down;
  bool relu = false;
};

/// relu?(factor x value + summand): what steps of additions, multiplications and at most one ReLU at the end do.
/// `exact` says that factor and summand carry no rounding error.
struct AffineSteps {
  double factor = 1;
  double summand = 0;
  bool relu = false;
  bool exact = true;
};

/// Nothing when other steps occur.
std::optional<AffineSteps> affine_steps(const std::vector<Step>& steps, std::size_t count, std::size_t channel);

/// The graph's own arithmetic as integers: when scale, factor and summand are multiples of powers of two of the
/// quantizer's scale with few digits, the rounding is half to even or down, and nothing but affine steps comes before.
std::optional<AffineRule> exact_rule(const Signal& signal, std::size_t channel);

/// The shortest rule that gives the code of every reachable integer; nothing when the code is no monotone staircase.
std::optional<AffineRule> fitted_rule(const Signal& signal, std::size_t channel, Interval saturation);

}  // namespace lutra::onnx
