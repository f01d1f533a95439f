#pragma once
#include <cstdint>

#include "event/dataset.h"
#include "import/import_config.h"

namespace lutra {

/// Splits events by chance, in order or by parts, as config.split says. By chance means Random(split_seed, split,
/// event), as for fragments.
class ImportSplitter {
 public:
  /// `parts` counts the "+" parts; `events` is needed for in_order alone. Error when split is "parts" and there are not
  /// 2 or 3 of them.
  ImportSplitter(const ImportConfig& config, int parts, std::uint64_t events);

  /// The split of an event of part `part`, counted from 0.
  Split operator()(std::uint64_t event, int part) const;

 private:
  Split at(double u) const;

  ImportConfig config_;
  int parts_;
  std::uint64_t events_;
};

}  // namespace lutra
