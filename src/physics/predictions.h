#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "event/dataset.h"

namespace lutra {

/// What an algorithm said about events, beside the truth. Physical units; all vectors have one entry per event.
struct Predictions {
  std::vector<std::uint8_t> has_muon;  // 0 or 1
  std::vector<double> true_pt_gev;     // 0 for muon-less events
  std::vector<double> true_eta;        // meaningless for muon-less events
  std::vector<double> pt_gev;          // predicted; may be negative or huge, networks are free to be wrong
  std::vector<double> eta;
  std::vector<double> containment;  // share of the muon's hits inside the fragment, 0..1; empty: not known

  std::size_t size() const { return has_muon.size(); }
};

/// Puts predictions of `targets` in physical units (base/target.h), [events][targets], beside the truth of `data`.
/// An event has a muon when its true pT is above 0. Error when pT is not predicted or not known, or when the number of
/// outputs is wrong; without "eta" among the targets (of data or prediction) the (true or predicted) eta is empty.
Predictions predictions_from(const Dataset& data, const std::vector<Target>& targets, std::span<const double> physical);

}  // namespace lutra
