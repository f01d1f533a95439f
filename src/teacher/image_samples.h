#pragma once
#include "event/event.h"
#include "teacher/image_teacher.h"
#include "train/samples.h"

namespace lutra {

/// pT and eta over the whole image.
std::vector<Target> image_targets(const ImageShape& shape, double pt_hi_gev);

/// Truth, weights and splits of an events file, read as a stream (Samples::data stays empty), and their hash. Error
/// when it has no training or no validation events.
struct ImageSamples {
  Samples samples;
  std::string fingerprint;
};
ImageSamples make_image_samples(const ImageTask& task, const TrainConfig& config, const Progress& progress);

/// Share of the layers in which the muon left a hit.
double muon_layers(const EventBatch& events, std::size_t event, const ImageShape& shape);

}  // namespace lutra
