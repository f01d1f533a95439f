#include "import/import_split.h"

#include "base/error.h"
#include "base/random.h"

namespace lutra {
namespace {

/// The split that `u` in [0, 1) falls into.
Split split_at(double u, double train, double validation) {
  if (u < train) return Split::train;
  return u < train + validation ? Split::validation : Split::test;
}

}  // namespace

std::vector<Split> make_split(const ImportConfig& config, const std::vector<int>& part_of_event, int parts) {
  if (config.split == "parts" && parts != 2 && parts != 3)
    throw Error("import: split = \"parts\" needs inputs of 2 or 3 parts", "there are " + std::to_string(parts),
                "Write inputs = \"x_train+x_test\"");
  std::vector<Split> split;
  const std::size_t events = part_of_event.size();
  for (std::size_t event = 0; event < events; ++event) {
    const double u = Random(static_cast<std::uint64_t>(config.split_seed), RandomStream::split, event).uniform();
    if (config.split == "in_order")
      split.push_back(
          split_at((static_cast<double>(event) + 0.5) / static_cast<double>(events), config.train, config.validation));
    else if (config.split == "random")
      split.push_back(split_at(u, config.train, config.validation));
    else if (parts == 3)
      split.push_back(static_cast<Split>(part_of_event[event]));
    else if (part_of_event[event] == 1)
      split.push_back(Split::test);
    else
      split.push_back(u < config.validation ? Split::validation : Split::train);
  }
  return split;
}

}  // namespace lutra
