#include "report/measured.h"

#include <algorithm>

#include "report/algorithms.h"
#include "report/fields.h"
#include "report/seed_means.h"

namespace lutra {
namespace {

bool has_float_teacher(const std::vector<StudyNetwork>& networks) {
  return std::ranges::any_of(networks, [](const StudyNetwork& n) {
    return n.family == "teacher" && n.precision == "float" && n.input == "9x16" && n.metrics != nullptr;
  });
}

}  // namespace

std::vector<Measured> everything_measured(const std::vector<Run>& runs) {
  const std::vector<StudyNetwork> networks = study_networks(runs);
  std::vector<Measured> list;
  for (const Algorithm& a : algorithms(runs)) {
    if (a.key == "teacher" && has_float_teacher(networks)) continue;  // it is there, with its resources
    Measured measured{.name = a.label, .metrics = a.metrics, .where = a.where, .hardware_where = a.where};
    if (a.metrics->contains("hardware")) {
      measured.hardware = &object_at(*a.metrics, "hardware", a.where);
    } else if (a.key == "student") {
      measured.hardware = a.run->body("synth.json");
      measured.hardware_where = a.run->name + "/synth.json";
    }
    list.push_back(std::move(measured));
  }
  std::vector<StudyNetwork> shown = comparable_students(networks);
  std::erase_if(shown, [](const StudyNetwork& n) { return !n.distilled || n.teacher != "float"; });
  for (const StudyNetwork& n : networks)
    if (n.family != "student") shown.push_back(n);
  for (const SeedAverage& a : average_over_seeds(shown))
    list.push_back({a.network.name, a.network.metrics, a.network.hardware, a.network.where, a.network.where, a.metrics,
                    a.hardware});
  return list;
}

}  // namespace lutra
