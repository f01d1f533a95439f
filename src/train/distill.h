#pragma once
#include <filesystem>

#include "base/progress.h"
#include "event/dataset.h"
#include "model/network.h"
#include "train/history.h"
#include "train/student_config.h"
#include "train/teacher.h"

namespace lutra {

struct DistilledStudent {
  Network network;
  History history;
  double validation_loss = 0;  // mean loss against truth (event_loss)
  int restarts = 0;            // initialisations that died before
};

/// Trains a student with quantizers in the loop, guided by the teacher, and exports it as integers. Writes
/// network.json, history.json and, while it runs, checkpoint-*.json into `out_dir`; goes on from checkpoints of the
/// same configuration, data and teacher to bit-identical results.
///
/// `teacher` may be null when config.distill.enabled is false. A student that dies (a layer that is the same for every
/// event, or no better than a constant) is started again from another initialisation, config.restarts times; then
/// Error.
DistilledStudent distill_student(const StudentConfig& config, const Dataset& data, const Teacher* teacher,
                                 const std::filesystem::path& out_dir, int threads, const Progress& progress);

}  // namespace lutra
