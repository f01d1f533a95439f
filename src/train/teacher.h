#pragma once
#include <filesystem>
#include <vector>

#include "base/artifact.h"
#include "base/progress.h"
#include "base/target.h"
#include "event/dataset.h"
#include "train/history.h"
#include "train/train_config.h"

namespace lutra {

/// The large network that guides the student: conv3x3 same 10, 10, maxpool(1,2), conv3x3 same 17, 17, 17,
/// maxpool(2,2), dense 10, 10, targets; ReLU between (docs/training.md). In 32-bit floats.
struct Teacher {
  int rows = 0;
  int cols = 0;
  Format input_format;
  std::vector<Target> targets;
  std::vector<float> parameters;  // layer by layer, weights then bias; see teacher_layers
};

struct TeacherConfig {
  TrainConfig train;
};
void describe(Fields& fields, TeacherConfig& config);

/// Layers with parameters, in order. A feature map has channels x rows x cols; a dense layer's is n x 1 x 1.
struct TeacherLayer {
  const char* name;  // "conv1", ...
  int inputs;        // weights per output channel
  int channels;
  int rows, cols;      // of its map
  int col_stride;      // input columns per map column (rows are never pooled before a convolution)
  std::size_t weight;  // offset in Teacher::parameters
  std::size_t bias;
  bool dense;
};
std::vector<TeacherLayer> teacher_layers(int rows, int cols, int targets);
std::size_t teacher_parameters(int rows, int cols, int targets);

inline constexpr ArtifactKind teacher_kind{"teacher", 1};

void write_teacher(const std::filesystem::path& path, const Teacher& teacher, const Json& config);

struct TeacherFile {
  Teacher teacher;
  Json config;
};
/// Error when the file is damaged, foreign or newer, or its parameters do not fit its shape.
TeacherFile read_teacher(const std::filesystem::path& path);

/// Error when the teacher cannot read this data set: other image, input format or targets.
void check_fits(const Teacher& teacher, const Dataset& data);

struct TrainedTeacher {
  Teacher teacher;
  History history;
  double validation_loss = 0;  // mean squared scaled error
};

/// Trains a teacher with mean squared error on min-max scaled targets. Writes teacher.json, history.json and, while it
/// runs, checkpoint.json into `out_dir`; continues from a checkpoint of the same configuration and data.
TrainedTeacher train_teacher(const TeacherConfig& config, const Dataset& data, const std::filesystem::path& out_dir,
                             int threads, const Progress& progress);

}  // namespace lutra
