#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/config.h"
#include "import/csv_options.h"

namespace lutra {

/// A quantity that the network learns to give.
struct ImportTarget {
  std::string name = "y";
  std::string unit;
  std::string from;  // selector of one number per event; empty: the array called like the target
  double lo = 0;     // physical value that scales to 0 ...
  double hi = 0;     // ... and to 1; lo = hi: the smallest and largest value in the data
};

/// What the arrays of foreign files mean. A selector (docs/import.md) names arrays: "x", "a,b", "a..f", "pixel*",
/// "x[3]", "x[0..2]" side by side; "x_train+x_test" one after the other.
struct ImportConfig {
  std::string inputs;  // selector; one array [N,H,W], [N,1,H,W], [N,H,W,1], or features
  int rows = 0;        // image size that features are arranged in; 0: as the array says, features as 1 x F
  int cols = 0;
  std::string input_format = "u8.8";
  std::string rounding = "half_even";
  std::vector<double> input_scale = {1};  // stored = raw x scale + offset; one number, or one per input
  std::vector<double> input_offset = {0};
  double max_clipped = 0.01;  // largest fraction of inputs outside the format

  std::vector<ImportTarget> targets;  // regression
  std::string classes;                // classification: names, separated by commas, ...
  std::string class_from;             // ... and a selector: one class per event, or one number per class

  std::string weights;                     // selector of one number >= 0 per event; empty: all 1
  std::string keep;                        // selector of single numbers kept as columns
  std::string split = "random";            // random, in_order, column or parts
  std::string split_from;                  // for column: 0/1/2 or train/validation/test
  double train = 0.65, validation = 0.10;  // fractions of the events; the rest is for testing
  std::int64_t split_seed = 1;
  CsvOptions csv;

  bool is_classification() const { return !classes.empty() || !class_from.empty(); }
};

void describe(Fields& f, ImportConfig& c);

/// Error unless the parts of the configuration fit each other: inputs named, targets or classes but not both, fractions
/// that add up, a format of at most 16 bits (15 when unsigned).
void check(const ImportConfig& config);

}  // namespace lutra
