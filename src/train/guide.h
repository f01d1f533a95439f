#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "event/dataset.h"
#include "model/network.h"

namespace lutra {

/// A hidden layer of a guide whose values before the ReLU can be hints, and where on the image they are: position
/// (row, col) of its map has its centre at input row first_row + row x row_step, and likewise for columns.
struct GuideLayer {
  std::string name;  // "conv1", "dense2": kind, and number among its kind
  Shape shape;
  double first_row = 0, first_col = 0;
  double row_step = 1, col_step = 1;
};

/// What a guide says about some events.
struct GuideAnswer {
  std::vector<float> output;             // [events][targets], scaled
  std::vector<std::vector<float>> maps;  // of each wanted layer: [events][channels][rows][cols]
};

/// What a student can learn from besides the truth: a float teacher, a quantized network, or anything else that has an
/// opinion about every event.
class Guide {
 public:
  using Ask = std::function<GuideAnswer(std::span<const std::uint32_t> events)>;

  virtual ~Guide() = default;

  /// Error when the guide cannot read this data set.
  virtual void check_fits(const Dataset& data) const = 0;

  /// Layers that can give hints; none when only the outputs are known.
  virtual std::vector<GuideLayer> layers() const = 0;

  /// A function that answers about events of `data`, maps of the `wanted` layers (indices into layers()) included. It
  /// can be called from several threads; guide and data must outlive it.
  virtual Ask prepare(const Dataset& data, std::span<const std::size_t> wanted) const = 0;

  /// Two guides that say different things have different fingerprints.
  virtual std::string fingerprint() const = 0;
};

/// What a guide says about every event in physical units, [events][targets]. Error when it cannot read the data set.
std::vector<double> predict(const Guide& guide, const Dataset& data, int threads,
                            const Progress& progress = no_progress);

}  // namespace lutra
