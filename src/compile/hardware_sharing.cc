#include "compile/hardware_sharing.h"

#include "compile/cleanup.h"

namespace lutra {
namespace {

class Search {
 public:
  Search(const Network& network, LoweringOptions options, const Progress& progress)
      : network_(network), options_(std::move(options)), progress_(progress) {
    shapes_.push_back(network.input);
    for (const LayerInfo& layer : check(network)) shapes_.push_back(layer.shape);
    options_.serial.assign(shapes_.size(), {});
  }

  LoweringOptions run() && {
    best_ = cost();
    for (double before = best_ + 1; best_ < before;) {
      before = best_;
      for (std::size_t map = 0; map + 1 < shapes_.size(); ++map) improve(map);
    }
    return std::move(options_);
  }

 private:
  double cost() const {
    return total_luts(remove_dead(lower(network_, options_, no_progress)), options_.adders.three_inputs);
  }

  /// Fewer lanes need less hardware: tries the fewest that are handed on within the interval.
  void improve(std::size_t map) {
    progress_("sharing hardware", map, shapes_.size());
    for (const Axis axis : {Axis::columns, Axis::rows}) {
      const int length = length_along(shapes_[map], axis);
      const int lanes = (length + options_.interval - 1) / options_.interval;
      if (lanes < length) attempt(map, {axis, lanes});
    }
    if (options_.serial[map].lanes > 0) attempt(map, {});
  }

  void attempt(std::size_t map, const Serial& serial) {
    if (options_.serial[map] == serial) return;
    const Serial before = options_.serial[map];
    options_.serial[map] = serial;
    if (const double now = cost(); now < best_)
      best_ = now;
    else
      options_.serial[map] = before;
  }

  const Network& network_;
  LoweringOptions options_;
  const Progress& progress_;
  std::vector<Shape> shapes_;  // of the input and of every layer's output
  double best_ = 0;
};

}  // namespace

LoweringOptions share_hardware(const Network& network, LoweringOptions options, const Progress& progress) {
  if (options.interval == 1) return options;
  return Search(network, std::move(options), progress).run();
}

}  // namespace lutra
