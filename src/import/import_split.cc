#include "import/import_split.h"

#include "base/error.h"
#include "base/random.h"

namespace lutra {

ImportSplitter::ImportSplitter(const ImportConfig& config, int parts, std::uint64_t events)
    : config_(config), parts_(parts), events_(events) {
  if (config.split == "parts" && parts != 2 && parts != 3)
    throw Error("import: split = \"parts\" needs inputs of 2 or 3 parts", "there are " + std::to_string(parts),
                "Write inputs = \"x_train+x_test\"");
}

/// The split that `u` in [0, 1) falls into.
Split ImportSplitter::at(double u) const {
  if (u < config_.train) return Split::train;
  return u < config_.train + config_.validation ? Split::validation : Split::test;
}

Split ImportSplitter::operator()(std::uint64_t event, int part) const {
  if (config_.split == "in_order") return at((static_cast<double>(event) + 0.5) / static_cast<double>(events_));
  const double u = Random(static_cast<std::uint64_t>(config_.split_seed), RandomStream::split, event).uniform();
  if (config_.split == "random") return at(u);
  if (parts_ == 3) return static_cast<Split>(part);
  if (part == 1) return Split::test;
  return u < config_.validation ? Split::validation : Split::train;
}

}  // namespace lutra
