#pragma once
#include <vector>

#include "event/dataset.h"
#include "import/import_config.h"

namespace lutra {

/// Splits events by chance, in order or by parts, as config.split says. `part_of_event` counts the "+" parts, of which
/// there are `parts`. By chance means Random(split_seed, split, event), as for fragments. Error when split is "parts"
/// and there are not 2 or 3 of them.
std::vector<Split> make_split(const ImportConfig& config, const std::vector<int>& part_of_event, int parts);

}  // namespace lutra
