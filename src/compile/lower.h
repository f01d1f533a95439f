#pragma once
#include <optional>

#include "base/progress.h"
#include "compile/adders.h"
#include "compile/sharing.h"
#include "ir/program.h"
#include "model/network.h"

namespace lutra {

struct LoweringOptions {
  SharingOptions sharing;
  AdderOptions adders;
  std::optional<Interval> input_range;  // what inputs really hold, when narrower than their format
};

/// The network as a program of adders, quantizers and tables that computes the evaluator's integers. Error as check().
Program lower(const Network& network, const LoweringOptions& options, const Progress& progress);

}  // namespace lutra
