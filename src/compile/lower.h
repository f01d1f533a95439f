#pragma once
#include <optional>

#include "base/progress.h"
#include "compile/adders.h"
#include "compile/folding.h"
#include "compile/sharing.h"
#include "ir/program.h"
#include "model/network.h"

namespace lutra {

/// How a map is handed on: `lanes` neighbours along an axis per clock. 0 lanes: as its layer made it.
struct Serial {
  Axis axis = Axis::columns;
  int lanes = 0;
  friend bool operator==(const Serial&, const Serial&) = default;
};

struct LoweringOptions {
  SharingOptions sharing;
  AdderOptions adders;
  std::optional<Interval> input_range;  // what inputs really hold, when narrower than their format
  int interval = 1;                     // clocks between events
  std::vector<Serial> serial;  // of the network's input and every layer's output; empty: nothing is taken apart
};

/// The network as a program of adders, quantizers and tables that computes the evaluator's integers, one event every
/// options.interval clocks. Error as check().
Program lower(const Network& network, const LoweringOptions& options, const Progress& progress);

}  // namespace lutra
