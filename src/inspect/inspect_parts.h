#pragma once
#include <filesystem>

#include "base/json.h"
#include "base/progress.h"
#include "import/table.h"
#include "model/network.h"

namespace lutra {

/// What an inspector found: the content, and what the file says about its making.
struct Inspected {
  Json content;
  Json config;
  std::string code;
};

/// Hits by origin and layer, muons per event, ranges and histograms of the muons. Reads the file as a stream.
Inspected inspect_events(const std::filesystem::path& path, const Progress& progress);

/// Shapes, input levels, splits, targets with their histograms or the events of each class, columns. Reads the file as
/// a stream.
Inspected inspect_dataset(const std::filesystem::path& path, const Progress& progress);

/// Layers with shapes, formats, parameters and multiplications.
Json inspect_network(const Network& network);

/// Arrays with types, shapes and ranges. Error when it is a text without any number.
Json inspect_table(const TableFile& file, const Progress& progress);

}  // namespace lutra
