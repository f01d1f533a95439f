#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "model/network.h"

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

  const std::vector<Format>& output_formats() const;
  const std::vector<LayerInfo>& layers() const { return info_; }

 private:
  Network network_;
  std::vector<LayerInfo> info_;
};

}  // namespace lutra
