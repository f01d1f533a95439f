#pragma once
#include <filesystem>

#include "base/error.h"
#include "base/progress.h"
#include "event/dataset.h"
#include "model/network.h"
#include "student/guidance.h"
#include "student/student_config.h"
#include "train/compute.h"
#include "train/history.h"

namespace lutra {

/// Every initialisation of a student died: too few bits or channels for its task, not a mistake in the configuration.
class StudentDied : public Error {
 public:
  using Error::Error;
};

struct DistilledStudent {
  Network network;
  History history;
  double validation_loss = 0;  // mean loss against truth (event_loss)
  int restarts = 0;            // initialisations that died before
};

/// Trains a student with quantizers in the loop, guided by a teacher of either kind, and exports it as integers. Writes
/// network.json, history.json and, while it runs, checkpoint-*.json into `out_dir`; goes on from checkpoints of the
/// same configuration, data and guide to bit-identical results.
///
/// `guide` may be null when config.distill.enabled is false. A student that dies (a layer that is the same for every
/// event, or no better than a constant) is started again from another initialisation, config.restarts times; then
/// StudentDied. What the guide says is looked up in `store`, if there is one, and left there for other students.
DistilledStudent distill_student(const StudentConfig& config, const Dataset& data, const Guide* guide,
                                 const std::filesystem::path& out_dir, const Compute& compute, const Progress& progress,
                                 GuidanceStore* store = nullptr);

}  // namespace lutra
