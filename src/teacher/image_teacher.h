#pragma once
#include <filesystem>
#include <functional>
#include <vector>

#include "teacher/teacher.h"

namespace lutra {

/// What a teacher of whole images learns from: an events file and what each of its events is for.
struct ImageTask {
  std::filesystem::path events;
  std::function<Split(std::uint64_t event)> split;  // of an event by its global index
  double pt_hi_gev = 20;                            // pT that scales to 1
};

/// Trains a teacher on whole images (TeacherPlan::image): pT, and eta over the whole image. Events stay sparse and on
/// disk until their batch is up (ImagePools). Muons whose hits are in less than train.min_containment of the layers are
/// left out. Writes teacher.json, history.json and, while it runs, checkpoint.json into `out_dir`; goes on from a
/// checkpoint of the same configuration and events to bit-identical results.
TrainedTeacher train_image_teacher(const TeacherConfig& config, const ImageTask& task,
                                   const std::filesystem::path& out_dir, const Compute& compute,
                                   const Progress& progress);

/// Defaults for whole images.
TeacherConfig image_teacher_config();

/// Predictions of a teacher of whole images in physical units, [events][targets], for the events of the file (numbered
/// from 0) that `wanted` picks, in order. Error when the teacher does not fit the images.
std::vector<double> predict_images(const Teacher& teacher, const std::filesystem::path& events,
                                   const std::function<bool(std::size_t)>& wanted, int threads,
                                   const Progress& progress);

}  // namespace lutra
