#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "model/unroll.h"

namespace lutra {

/// The reference evaluator: its integers are the truth that training, IR, C++ model and RTL must equal.
class Evaluator {
 public:
  /// Checks the network (Error, see check()).
  explicit Evaluator(const Network& network);

  int inputs() const;
  int outputs() const;

  /// inputs: [events][channels][rows][cols], integers of network.input_format (Error when one is outside it).
  /// Returns [events][outputs], integers of output_formats().
  std::vector<std::int64_t> evaluate(std::span<const std::int16_t> inputs) const;

  /// Every layer's output integers for one event: [layers][shape.size()]. For tests and for finding a mismatch.
  std::vector<std::vector<std::int64_t>> evaluate_layers(std::span<const std::int16_t> input) const;

  std::vector<Format> output_formats() const;

 private:
  void check_inputs(std::span<const std::int16_t> inputs) const;
  std::vector<std::int64_t> evaluate_elements(std::span<const std::int16_t> input) const;

  Network network_;
  UnrolledNetwork unrolled_;
  bool narrow_ = false;  // every intermediate fits 32 bits: the block evaluator can be used
};

}  // namespace lutra
