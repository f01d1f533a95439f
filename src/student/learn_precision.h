#pragma once
#include <filesystem>
#include <vector>

#include "base/artifacts.h"
#include "student/distill.h"

namespace lutra {

/// One network of a front: no other found is both cheaper and better.
struct FrontPoint {
  Network network;
  double cost = 0;             // in units of config.learn.cost
  double validation_loss = 0;  // mean loss against truth (event_loss)
};

struct LearnedStudents {
  std::vector<FrontPoint> front;  // from cheap to dear
  std::size_t chosen = 0;         // the best one within config.learn.max_ebops
  History history;
};

inline constexpr ArtifactKind front_kind = artifact_kind("front");

/// Learns a student together with the number of bits of its weights and activations while the pressure of its cost
/// grows (LearnedQuantizer), and trains points along the way to the end with their bits fixed: a whole front of (loss,
/// cost) from one run. Writes front-<k>.json (networks), front.json (their costs and losses), network.json (the chosen
/// one) and history.json into `out_dir`; resumes from its checkpoints to bit-identical results.
///
/// Errors as distill_student; and when no network found costs at most config.learn.max_ebops, saying how close it came.
LearnedStudents learn_precision(const StudentConfig& config, const Dataset& data, const Guide* guide,
                                const std::filesystem::path& out_dir, int threads, const Progress& progress);

/// Indices of the points that no other beats in both numbers, by rising cost.
std::vector<std::size_t> pareto_front(const std::vector<double>& cost, const std::vector<double>& loss);

}  // namespace lutra
