#pragma once
#include <cstdint>
#include <filesystem>

#include "base/progress.h"
#include "event/dataset.h"
#include "event/event.h"
#include "fragment/config.h"

namespace lutra {

/// Cuts the most active window out of every event and pools it. Inputs are hit counts of each pooled cell, unsigned
/// integers with log2(pool) fractional bits, so their values are exact averages: 0, 0.5, 1 for pool (1, 2).
///
/// Targets: "pt" [GeV] scaled over [0, pt_hi_gev], "eta" relative to the window and, if asked for, "charge" over
/// [-1, 1] (0 without a muon). The truth is kept even where its scaled value leaves [0, 1]. Events without a muon have
/// pT 0 and eta at the window's centre; with several, the one of highest pT is meant. Columns: "phi", "charge" (0
/// without a muon), "muons", "containment" (share of the muon hits inside the window; 0 when there are none).
Dataset fragment(const EventBatch& events, const ImageShape& shape, const FragmentConfig& config, int threads = 1);

/// What an event is for, by its global index: the same for fragments and whole images.
Split split_of(const FragmentConfig& config, std::uint64_t event);

/// The same for an events file, written as a data set file block by block, in bounded memory. The file's configuration
/// is {"fragment": ..., "events": that of the events file}. Error when the file holds no events.
struct FragmentSummary {
  std::uint64_t events = 0;
  int rows = 0, cols = 0;
};
FragmentSummary fragment_to_file(const std::filesystem::path& events, const FragmentConfig& config,
                                 const std::filesystem::path& out, int threads, const Progress& progress);

}  // namespace lutra
