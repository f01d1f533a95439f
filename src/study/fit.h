#pragma once
#include <filesystem>
#include <optional>

#include "base/lease.h"
#include "study/context.h"
#include "study/study.h"

namespace lutra {

/// What a trigger may cost and let through. 0: no limit.
struct TriggerBudget {
  double max_luts = 0;
  double max_latency_ns = 0;
  double max_fake = 0;     // share of the events without a muon
  double max_leakage = 0;  // share of the muons below 7 GeV
};

/// By how much a network misses a budget: the largest ratio of what it needs to what it may, 1 or less when it fits.
double excess(const TriggerBudget& budget, double luts, double latency_ns, double fake, double leakage);

/// Searches for the network with the largest plateau less leakage within the budget: a network of roads for each of
/// study.fit.roads, and study.fit.widths x study.fit.seeds runs of learned precision, each with a front of networks of
/// its own. Networks are compared on validation events; the
/// best ones whose estimates fit are synthesised until one fits by Yosys too; that one is compiled, verified against
/// the evaluator and measured on the test events.
///
/// Leaves in the folder of the lease trials/, and of the chosen network student/network.json, rtl/, verify.json,
/// synth.json, metrics.json; writes pareto.json and fit.json (docs/report.md) with all that was tried. Returns the body
/// of fit.json. A search that was killed goes on where it was.
Json fit_network(const Study& study, const TriggerBudget& budget, const std::filesystem::path& data,
                 const std::filesystem::path& teacher, const Lease& lease, const Context& context);

}  // namespace lutra
