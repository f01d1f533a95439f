#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/target.h"
#include "fixed/format.h"

namespace lutra {

enum class Split : std::uint8_t { train = 0, validation = 1, test = 2 };

/// One extra per-event number that is neither input nor target: "phi", "charge", "muons", "containment", "weight", ...
struct Column {
  std::string name;
  std::vector<float> values;  // [events]
};

/// Inputs of a network with what they should give: fragments, or anything imported. All in memory, or a block of a file
/// (dataset_file.h).
struct Dataset {
  int rows = 0;
  int cols = 0;
  Format input_format;               // of every input: value = integer x 2^-frac
  std::vector<std::int16_t> inputs;  // [events][rows][cols]
  std::vector<Target> targets;
  std::vector<float> truth;                // [events][targets], physical units; pT = 0 for muon-less events
  std::vector<std::int32_t> window_start;  // [events] first column of the fragment in the full image; 0 when imported
  std::vector<Split> split;                // [events]
  std::vector<Column> columns;

  std::size_t size() const { return split.size(); }
  std::size_t input_size() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols); }
  std::span<const std::int16_t> input(std::size_t event) const {
    return std::span(inputs).subspan(event * input_size(), input_size());
  }
};

/// Column by name; nullptr when there is none.
const Column* find_column(const Dataset& data, const std::string& name);

/// The events of one split, in order, at most `limit` of them (0: all).
Dataset select(const Dataset& data, Split split, std::size_t limit = 0);

/// The same shape, formats, targets and columns, without events.
Dataset without_events(const Dataset& data);

}  // namespace lutra
