#include "report/measured.h"

#include <algorithm>
#include <array>

#include "report/algorithms.h"
#include "report/fields.h"
#include "report/resources.h"
#include "report/seed_means.h"

namespace lutra {
namespace {

bool has_float_teacher(const std::vector<StudyNetwork>& networks) {
  return std::ranges::any_of(networks, [](const StudyNetwork& n) {
    return n.family == "teacher" && n.precision == "float" && n.input == "9x16" && n.metrics != nullptr;
  });
}

Measured measured_algorithm(const Algorithm& a) {
  const char* group = a.file == "references.json" ? references_group
                      : a.key == "teacher"        ? teachers_group
                                                  : firmware_group;
  Measured measured;
  measured.name = a.label;
  measured.group = group;
  measured.run = a.run->name;
  measured.key = a.key;
  measured.metrics = a.metrics;
  measured.where = measured.hardware_where = a.where;
  if (a.metrics->contains("hardware")) {
    measured.hardware = &object_at(*a.metrics, "hardware", a.where);
  } else if (a.key == "student") {
    measured.hardware = a.run->body("synth.json");
    measured.hardware_where = a.run->name + "/synth.json";
  }
  return measured;
}

bool is_synthesised(const StudyNetwork& n) { return n.hardware != nullptr && !is_estimated(*n.hardware, n.where); }

const char* group_of(const StudyNetwork& n) {
  return n.family == "teacher"   ? teachers_group
         : n.family == "ours"    ? ours_group
         : n.family == "student" ? students_group
                                 : references_group;
}

constexpr int not_a_number_of_bits = 1000;  // floating point, ternary: last

/// The networks that get a row each.
std::vector<StudyNetwork> shown_networks(const std::vector<StudyNetwork>& networks) {
  std::vector<StudyNetwork> shown;
  for (const StudyNetwork& n : comparable_students(networks))
    if (n.distilled && n.teacher == "float") shown.push_back(n);
  std::ranges::stable_sort(shown, {}, [](const StudyNetwork& n) { return n.bits.value_or(not_a_number_of_bits); });
  const auto is_ours = [](const StudyNetwork& n) { return n.family == "ours"; };
  const bool synthesised =
      std::ranges::any_of(networks, [&](const StudyNetwork& n) { return is_ours(n) && is_synthesised(n); });
  for (const StudyNetwork& n : networks)
    if (n.family != "student" && (!is_ours(n) || !synthesised || is_synthesised(n))) shown.push_back(n);
  return shown;
}

}  // namespace

std::vector<Measured> everything_measured(const std::vector<Run>& runs) {
  const std::vector<StudyNetwork> networks = study_networks(runs);
  std::vector<Measured> list;
  for (const Algorithm& a : algorithms(runs))
    if (a.key != "teacher" || !has_float_teacher(networks))  // else it is below, with its resources
      list.push_back(measured_algorithm(a));
  for (const SeedAverage& a : average_over_seeds(shown_networks(networks)))
    list.push_back({a.network.short_name, group_of(a.network), a.network.run, "", a.network.metrics, a.network.hardware,
                    a.network.where, a.network.where, a.metrics, a.hardware});
  constexpr std::array order = {teachers_group, firmware_group, students_group, ours_group, references_group};
  std::ranges::stable_sort(list, {},
                           [&](const Measured& m) { return std::ranges::find(order, m.group) - order.begin(); });
  return list;
}

}  // namespace lutra
