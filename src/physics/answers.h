#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "event/dataset.h"
#include "physics/estimate.h"

namespace lutra {

/// How often a classifier is right.
struct ClassMetrics {
  std::vector<std::string> names;                    // of the classes
  std::vector<std::vector<std::int64_t>> confusion;  // [true class][predicted class]: events
  Estimate accuracy;                                 // over all events
  std::vector<Estimate> efficiency;                  // per true class: share recognised
};

/// `predicted`: number of a class, one per event of `data`, whose targets are the classes with one-hot truth. Error
/// when they are not, or a class is not known.
ClassMetrics evaluate_classes(const Dataset& data, std::span<const std::size_t> predicted,
                              double confidence = one_sigma);

Json class_metrics_to_json(const ClassMetrics& metrics);

/// Share of the muons whose charge has the predicted sign: `charge` has one prediction per event, the truth is the
/// column "charge" (0: no muon). NaN when there is no such column or no muon.
Estimate charge_accuracy(const Dataset& data, std::span<const double> charge, double confidence = one_sigma);

}  // namespace lutra
