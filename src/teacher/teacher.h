#pragma once
#include <filesystem>
#include <vector>

#include "base/artifacts.h"
#include "base/progress.h"
#include "base/target.h"
#include "event/dataset.h"
#include "teacher/teacher_layers.h"
#include "train/compute.h"
#include "train/history.h"
#include "train/train_config.h"

namespace lutra {

/// A large network in 32-bit floats that shows what can be reached and guides the student.
struct Teacher {
  int rows = 0;
  int cols = 0;
  Format input_format;
  std::vector<Target> targets;
  std::vector<float> parameters;  // layer by layer, weights then bias; see teacher_layers
  TeacherPlan plan = TeacherPlan::fragment;

  TeacherShape shape() const { return {rows, cols, static_cast<int>(targets.size()), plan}; }
};

struct TeacherConfig {
  TrainConfig train;
};
void describe(Fields& fields, TeacherConfig& config);

inline constexpr ArtifactKind teacher_kind = artifact_kind("teacher");

void write_teacher(const std::filesystem::path& path, const Teacher& teacher, const Json& config);

struct TeacherFile {
  Teacher teacher;
  Json config;
};
/// Error when the file is damaged, foreign or newer, or its parameters do not fit its shape.
TeacherFile read_teacher(const std::filesystem::path& path);

/// Error when the teacher cannot read this data set: whole images instead of fragments, other image, input format or
/// targets.
void check_fits(const Teacher& teacher, const Dataset& data);

struct TrainedTeacher {
  Teacher teacher;
  History history;
  double validation_loss = 0;  // mean squared scaled error
};

/// Trains a teacher of fragments with mean squared error on min-max scaled targets. Writes teacher.json, history.json
/// and, while it runs, checkpoint.json into `out_dir`; continues from a checkpoint of the same configuration and data.
TrainedTeacher train_teacher(const TeacherConfig& config, const Dataset& data, const std::filesystem::path& out_dir,
                             const Compute& compute, const Progress& progress);

}  // namespace lutra
