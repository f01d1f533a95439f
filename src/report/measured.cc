#include "report/measured.h"

#include "report/algorithms.h"
#include "report/fields.h"
#include "report/study.h"

namespace lutra {

std::vector<Measured> everything_measured(const std::vector<Run>& runs) {
  std::vector<Measured> list;
  for (const Algorithm& a : algorithms(runs)) {
    Measured measured{a.label, a.metrics, nullptr, a.where, a.where};
    if (a.metrics->contains("hardware")) {
      measured.hardware = &object_at(*a.metrics, "hardware", a.where);
    } else if (a.key == "student") {
      measured.hardware = a.run->body("synth.json");
      measured.hardware_where = a.run->name + "/synth.json";
    }
    list.push_back(std::move(measured));
  }
  for (const StudyNetwork& n : study_networks(runs)) list.push_back({n.name, n.metrics, n.hardware, n.where, n.where});
  return list;
}

}  // namespace lutra
