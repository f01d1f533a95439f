#pragma once
#include "train/guide.h"

namespace lutra {

/// Whether the network ends in argmax: it answers with the number of a class.
bool is_classifier(const Network& network);

/// Error when the network cannot read this data set: other number of inputs, input format or targets (for a classifier:
/// another number of classes).
void check_fits(const Network& network, const Dataset& data);

/// A quantized network as a guide: all it says are integers of the reference evaluator. Hints are the exact sums of its
/// dense and convolutional layers, before ReLU and quantizer.
class NetworkGuide : public Guide {
 public:
  /// Checks the network (Error, see check()).
  explicit NetworkGuide(Network network);
  void check_fits(const Dataset& data) const override;
  std::vector<GuideLayer> layers() const override;
  Ask prepare(const Dataset& data, std::span<const std::size_t> wanted) const override;
  std::string fingerprint() const override;

 private:
  Network network_;
  std::vector<std::size_t> hinted_;  // network layer of each guide layer
};

/// The network with more outputs: first the exact sums of the given layers (dense or conv), then its own outputs; of a
/// classifier the scores that argmax chooses from.
Network with_sums(const Network& network, std::span<const std::size_t> layers);

}  // namespace lutra
