#pragma once
#include <cstdint>
#include <vector>

#include "event/event.h"
#include "validate/distribution.h"

namespace lutra {

/// How many of how many.
struct Share {
  std::uint64_t passed = 0, all = 0;
  void add(bool pass) {
    passed += pass;
    ++all;
  }
};

/// [n] how often the whole number n was seen.
using Counts = std::vector<std::uint64_t>;

/// Something about muons in bins of their true pT.
template <class T>
struct ByPt {
  std::vector<double> edges_gev;
  std::vector<T> bins;
};

/// What validation looks at in events of the nine-layer barrel, summed over any number of them in bounded memory.
struct Observations {
  /// Error unless the image has nine layers.
  explicit Observations(const ImageShape& shape);

  /// Muon quantities come from events with one muon, noise quantities from events without.
  void add(const EventBatch& events, int threads = 1);

  ImageShape shape;
  std::uint64_t events = 0;
  std::vector<Distribution> shift_at_measured;  // [measured::shifts] |BI-to-BO shift| within 5 % of that pT [strips]
  ByPt<Distribution> shift;                     // the same in bins that cover all pT
  ByPt<Distribution> field_t;                   // effective B of each muon [T]; the bins of the checks
  ByPt<Share> seen;                             // in BI and in BO
  Distribution scatter;                         // |BI hits - straight line| above 10 GeV [strips]
  Counts muon_widths, noise_widths;             // of clusters [strips]
  Counts noise_clusters, noise_strips;          // per image without a muon
  std::vector<int> windows, strides;            // of the fragment [columns]
  std::vector<Share> contained;                 // [windows][strides] half of the muon's hits inside, above 6 GeV
};

/// The bin of a value in rising edges; -1 outside.
int bin_of(const std::vector<double>& edges, double value);

}  // namespace lutra
