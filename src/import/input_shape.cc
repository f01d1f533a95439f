#include "base/error.h"
#include "import/array_layout.h"
#include "import/dataset_builder.h"

namespace lutra {
namespace {

constexpr std::uint64_t max_side = 1 << 15;

/// [H,W], [1,H,W] and [H,W,1] as [H,W]; anything else as it is.
std::vector<std::uint64_t> without_channel(std::vector<std::uint64_t> shape) {
  if (shape.size() == 3 && shape[0] == 1) return {shape[1], shape[2]};
  if (shape.size() == 3 && shape[2] == 1) return {shape[0], shape[1]};
  return shape;
}

}  // namespace

std::pair<int, int> input_shape(const ImportConfig& config, const std::vector<Slice>& inputs) {
  std::vector<std::uint64_t> shape = without_channel(inputs[0].shape);
  std::uint64_t features = 0;
  for (const Slice& slice : inputs) features += slice.count;
  if (inputs.size() > 1 || shape.size() < 2) shape = {1, features};
  if (shape.size() != 2)
    throw Error("import: inputs \"" + inputs[0].name + "\" have rows of shape " + shape_text(inputs[0].shape),
                "images are [H,W], [1,H,W] or [H,W,1], features [F]", "Images of several channels cannot be imported");
  if (config.rows > 0) {
    if (static_cast<std::uint64_t>(config.rows) * static_cast<std::uint64_t>(config.cols) != features)
      throw Error(
          "import: " + std::to_string(config.rows) + " x " + std::to_string(config.cols) + " inputs are configured",
          "the data have " + std::to_string(features), "Change rows and cols");
    shape = {static_cast<std::uint64_t>(config.rows), static_cast<std::uint64_t>(config.cols)};
  }
  if (shape[0] > max_side || shape[1] > max_side)
    throw Error("import: inputs of " + shape_text(shape) + " are too large", "32768 rows and columns are possible", "");
  return {static_cast<int>(shape[0]), static_cast<int>(shape[1])};
}

}  // namespace lutra
