#pragma once
#include <filesystem>
#include <memory>
#include <optional>

#include "event/dataset.h"
#include "model/network.h"
#include "physics/predictions.h"
#include "study/context.h"
#include "train/guide.h"

namespace lutra {

/// Outputs of the reference evaluator for every event of a data set in physical units (as they are when the network
/// describes no targets), [events][outputs]. Error when network and data have different inputs or targets.
std::vector<double> network_outputs(const Network& network, const Dataset& data, const Context& context);

/// The same as predictions of a muon.
Predictions network_predictions(const Network& network, const Dataset& data, const Context& context);

/// A teacher of any kind: teacher.json, network.json, or a teacher.json of whole images, which needs the events that
/// the data set was made from.
struct TeacherFiles {
  std::filesystem::path teacher;
  std::filesystem::path events;  // may be empty for the others

  TeacherFiles(std::filesystem::path teacher_ = {}, std::filesystem::path events_ = {})
      : teacher(std::move(teacher_)), events(std::move(events_)) {}
};

struct TeacherOutputs {
  std::vector<double> physical;  // [events][targets]
  bool of_whole_images = false;
};

/// Outputs of a teacher for the events of one split (or for all), in order. `data` holds all of the events.
TeacherOutputs teacher_outputs(const TeacherFiles& files, const Dataset& data, std::optional<Split> split,
                               const Context& context);

/// What it says about them. No fragment holds or loses the hits that a teacher of whole images sees: its predictions
/// have no containment.
Predictions teacher_predictions(const TeacherFiles& files, const Dataset& data, std::optional<Split> split,
                                const Context& context);

/// A teacher as a guide for the training events of `data`, which holds all of the events.
std::unique_ptr<Guide> teacher_guide(const TeacherFiles& files, const Dataset& data, const Context& context);

}  // namespace lutra
