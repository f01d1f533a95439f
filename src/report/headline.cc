#include "report/headline.h"

#include "report/fields.h"

namespace lutra {
namespace {

/// The one with the largest score among ours.
template <class Score>
const Measured* among_ours(const std::vector<Measured>& list, Score score) {
  const Measured* best = nullptr;
  for (const Measured& m : list) {
    if (m.group != ours_group || m.metrics == nullptr || m.hardware == nullptr) continue;
    if (!maybe_number(*m.metrics, "plateau", m.where) || !maybe_number(*m.hardware, "lut", m.hardware_where)) continue;
    if (best == nullptr || score(m) > score(*best)) best = &m;
  }
  return best;
}

}  // namespace

const Measured* find_student(const std::vector<Measured>& list) {
  for (const Measured& m : list)
    if (m.key == "student") return &m;
  return nullptr;
}

const Measured* best_of_ours(const std::vector<Measured>& list) {
  return among_ours(list, [](const Measured& m) { return *maybe_number(*m.metrics, "plateau", m.where); });
}

const Measured* smallest_of_ours(const std::vector<Measured>& list) {
  return among_ours(list, [](const Measured& m) { return -*maybe_number(*m.hardware, "lut", m.hardware_where); });
}

}  // namespace lutra
