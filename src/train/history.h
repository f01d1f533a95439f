#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/artifacts.h"

namespace lutra {

/// What one epoch did. Wall time is left out: the same study gives the same bytes.
struct EpochRecord {
  std::string stage;                   // "teacher", "float", "quantized", ...
  int attempt = 0;                     // restarts before it
  int epoch = 0;                       // from 0, within the stage
  double learning_rate = 0;            // at its last step
  double train_loss = 0;               // mean weighted loss over its batches
  double validation_loss = 0;          // mean loss against truth (event_loss)
  std::vector<double> terms;           // mean of each unweighted term over its batches
  std::vector<double> gradient_norms;  // norm each weighted term sends into the parameters, on a fixed probe at its end
  friend bool operator==(const EpochRecord&, const EpochRecord&) = default;
};

struct History {
  std::vector<std::string> terms;  // names
  std::vector<EpochRecord> epochs;
  friend bool operator==(const History&, const History&) = default;
};

inline constexpr ArtifactKind history_kind = artifact_kind("history");

Json history_to_json(const History& history);
History history_from_json(const Json& json, const std::string& where);

void write_history(const std::filesystem::path& path, const History& history, const Json& config);
History read_history(const std::filesystem::path& path);

}  // namespace lutra
