#pragma once
#include <vector>

#include "event/event.h"
#include "simulate/config.h"

namespace lutra {

/// The limit of any pattern recognition: a fit of the true muon hits with the known field. Gauss-Newton over vertex z,
/// eta and q / p behind the calorimeter; the vertex is constrained to its spread widened by the scattering before the
/// chambers; the mean energy loss is added back. Uses the true phi, because the field depends on it.
///
/// [events] pT of the muon of highest true pT [GeV], at most 100; 0 when it left hits in fewer than two stations.
std::vector<float> fit_true_hits(const SimulationConfig& config, const EventBatch& events);

}  // namespace lutra
