#include <fmt/format.h>

#include <algorithm>

#include "report/html.h"
#include "report/sections.h"
#include "report/student_figures.h"

namespace lutra {
namespace {

std::string events_text(const std::vector<SeedAverage>& averages) {
  for (const SeedAverage& a : averages)
    if (a.network.metrics != nullptr && a.network.metrics->contains("events") &&
        (*a.network.metrics)["events"].is_number())
      return fmt::format(" On {} test events.", number_text((*a.network.metrics)["events"].get<double>()));
  return "";
}

/// The quantized ones with this recipe, one curve per precision.
std::vector<Curve> by_precision(const std::vector<SeedAverage>& students, const std::string& wanted) {
  std::vector<Curve> curves;
  for (const SeedAverage& a : students)
    if (a.network.precision != "float" && recipe(a.network) == wanted)
      curves.push_back({precision_text(a.network.precision), &a.network});
  return curves;
}

/// Those trained on another number of events than most.
std::vector<SeedAverage> other_trainings(const std::vector<StudyNetwork>& all, const std::vector<StudyNetwork>& usual) {
  std::vector<StudyNetwork> others;
  for (const StudyNetwork& n : all)
    if (n.family == "student" && n.train_events != usual.front().train_events) others.push_back(n);
  return average_over_seeds(others);
}

Table learning_table(const std::vector<SeedAverage>& students) {
  Table table = student_table(students, "learning-table",
                              "Students that learned from fewer or more events, for as many epochs as study.toml says. "
                              "±: spread of the seeds and statistics of the test events, in quadrature.");
  table.folded = true;
  for (const SeedAverage& a : students)
    table.groups.push_back(fmt::format("{} training events, {} seeds", number_text(a.network.train_events), a.seeds));
  return table;
}

void sort_by_precision(std::vector<SeedAverage>& students) {
  std::ranges::stable_sort(students, {}, [](const SeedAverage& a) { return a.network.bits.value_or(1000); });
}

}  // namespace

Section float_section(const std::vector<Run>& runs) {
  Section section{"float", "Teachers and float students", {}};
  const std::vector<StudyNetwork> networks = study_networks(runs);
  const std::vector<SeedAverage> all = average_over_seeds(networks);
  const std::vector<SeedAverage> students = average_over_seeds(comparable_students(networks));
  if (students.empty()) return section;
  std::vector<Curve> curves;
  for (const SeedAverage& a : all)
    if (a.network.family == "teacher") curves.push_back({a.network.name, &a.network});
  std::vector<SeedAverage> floating;
  for (const SeedAverage& a : students)
    if (a.network.precision == "float") floating.push_back(a);
  for (const SeedAverage& a : floating) curves.push_back({"Student, " + recipe(a.network), &a.network});
  add_turn_ons(section, curves, "turn-on-float",
               "Teachers, and students in floating point (" + training_text(floating) + ")." + events_text(students));
  if (!floating.empty())
    section.blocks.push_back(student_table(
        floating, "float-table",
        "Students in floating point. ±: spread of the seeds and statistics of the test events, in quadrature."));
  return section;
}

Section precision_section(const std::vector<Run>& runs) {
  Section section{"precision", "Quantized students", {}};
  const std::vector<StudyNetwork> networks = study_networks(runs);
  const std::vector<StudyNetwork> usual = comparable_students(networks);
  if (usual.empty()) return section;
  std::vector<SeedAverage> students = average_over_seeds(usual);
  sort_by_precision(students);
  const std::set<std::string> off = {"5 bit", "6 bit", "7 bit"};
  const std::string training = " (" + training_text(students) + ").";
  add_turn_ons(section, by_precision(students, "distilled, float teacher"), "turn-on-distilled",
               "Quantized students, distilled from the float teacher" + training, off);
  add_turn_ons(section, by_precision(students, "not distilled"), "turn-on-alone",
               "Quantized students that learned without a teacher" + training, off);
  add_bits_figures(section, usual);
  section.blocks.push_back(student_table(
      students, "students-table",
      "Students against bits per weight and activation" + training +
          " ±: spread of the seeds and statistics of the test events, in quadrature. LUT with all its digits: of the "
          "first seed, by synthesis; rounded: estimates, mean of the seeds." +
          events_text(students)));
  if (const auto others = other_trainings(networks, usual); !others.empty())
    section.blocks.push_back(learning_table(others));
  return section;
}

Section quantized_teacher_section(const std::vector<Run>& runs) {
  Section section{"quantized-teacher", "Float or quantized teacher", {}};
  const std::vector<StudyNetwork> networks = study_networks(runs);
  const std::vector<SeedAverage> all = average_over_seeds(networks);
  const std::vector<SeedAverage> students = average_over_seeds(comparable_students(networks));
  if (std::ranges::none_of(students, [](const SeedAverage& a) { return a.network.teacher == "quantized"; }))
    return section;
  for (const std::string precision : {"4", "2"}) {
    std::vector<Curve> curves;
    std::vector<SeedAverage> shown;
    for (const SeedAverage& a : all)
      if (a.network.family == "teacher" && a.network.input == "9x16") curves.push_back({a.network.name, &a.network});
    for (const SeedAverage& a : students)
      if (a.network.precision == precision) shown.push_back(a);
    for (const SeedAverage& a : shown) curves.push_back({"Student, " + recipe(a.network), &a.network});
    add_turn_ons(section, curves, "turn-on-teachers-" + precision,
                 fmt::format("Both teachers, and their students of {} bits ({}).", precision, training_text(shown)));
  }
  section.blocks.push_back(Paragraph{"Every precision: the plots and the table of the section before."});
  return section;
}

}  // namespace lutra
