#pragma once
#include <functional>
#include <string>

#include "base/config.h"

namespace lutra {

/// A configuration as read from a file: JSON values, and for each key (written "group.key" or "list[2].key") the place
/// to name in an error, such as "study.toml line 12".
struct ConfigSource {
  Json values;
  std::function<std::string(const std::string& key)> place;
};

/// Fills the described configuration from `source`; what is absent keeps its default.
void read_config(const ConfigSource& source, const Describe& describe);

}  // namespace lutra
