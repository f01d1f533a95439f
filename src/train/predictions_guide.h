#pragma once
#include "train/guide.h"

namespace lutra {

/// Predictions that were worked out before, from whole images say: soft targets only. Targets are matched by their
/// place, in physical units, so the guide's network may scale them in another way.
class PredictionsGuide : public Guide {
 public:
  /// physical: [events][targets] for every event of the data set.
  explicit PredictionsGuide(std::vector<double> physical) : physical_(std::move(physical)) {}
  void check_fits(const Dataset& data) const override;
  std::vector<GuideLayer> layers() const override { return {}; }
  Ask prepare(const Dataset& data, std::span<const std::size_t> wanted) const override;
  std::string fingerprint() const override;

 private:
  std::vector<double> physical_;
};

}  // namespace lutra
