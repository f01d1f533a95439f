#pragma once
#include <set>
#include <string>
#include <vector>

#include "report/page.h"
#include "report/seed_means.h"

namespace lutra {

/// One curve of a turn-on plot.
struct Curve {
  std::string label;
  const StudyNetwork* network;
};

/// Turn-on curves; those with labels in `off` are switched on by a click only. Nothing when no curve is measured.
void add_turn_ons(Section& section, const std::vector<Curve>& curves, const std::string& id, const std::string& caption,
                  const std::set<std::string>& off = {});

/// Plateau, fakes, leakage and resolutions against precision, one series per recipe: a point per seed.
void add_bits_figures(Section& section, const std::vector<StudyNetwork>& students);

/// Mean and spread of every kind of student.
Table student_table(const std::vector<SeedAverage>& students, const std::string& id, const std::string& caption);

/// How many seeds, and how many events each learned from: "3 to 5 seeds, 448,000 training events each".
std::string training_text(const std::vector<SeedAverage>& students);

}  // namespace lutra
