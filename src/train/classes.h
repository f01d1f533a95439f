#pragma once
#include <span>

namespace lutra {

/// Classification by scores: softmax(slope x scores) are the probabilities of the classes, and the highest score is the
/// answer (argmax in firmware). Truth (one-hot) and teachers are read as scores too, so the loss is the relative
/// entropy
///   sum_k p_k log(p_k / q_k),  p = softmax(slope x reference), q = softmax(slope x out),
/// the cross entropy less the label's own entropy: 0 at out = reference, never negative. Scores near [0, 1] fit the
/// outputs' fixed-point range; with slope 8 a one-hot label of two classes stands for 99.97 %.
struct ClassScores {
  float slope = 8;

  /// Loss of one event. Spans of one score per class.
  double loss(std::span<const float> out, std::span<const float> reference) const;

  /// Adds scale x d loss / d out: slope x (q - p).
  void add_gradient(std::span<const float> out, std::span<const float> reference, float scale,
                    std::span<float> gradient) const;
};

}  // namespace lutra
