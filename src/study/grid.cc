#include "study/grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.h"

namespace lutra {
namespace {

constexpr std::int64_t float_bits = 32;
constexpr const char* guide_names[] = {"alone", "float-teacher", "quantized-teacher"};
constexpr const char* guide_texts[] = {"no teacher", "float teacher", "quantized teacher"};

/// What a student computes with.
struct Precision {
  std::string name;
  int bits;
};

std::vector<Precision> precisions_of(const GridConfig& grid) {
  std::vector<Precision> all;
  for (const std::int64_t bits : grid.bits) {
    if (bits != float_bits && (bits < 2 || bits > 8))
      throw Error(fmt::format("grid: a student of {} bits cannot be trained", bits), "", "Use 2 to 8, or 32 for float");
    all.push_back({bits == float_bits ? "float" : "fixed", static_cast<int>(bits)});
  }
  if (grid.ternary) all.push_back({"ternary", 0});
  return all;
}

std::vector<GuideKind> guides_of(const GridConfig& grid) {
  std::vector<GuideKind> guides;
  if (grid.alone) guides.push_back(GuideKind::none);
  if (grid.float_teacher) guides.push_back(GuideKind::float_teacher);
  if (grid.quantized_teacher) guides.push_back(GuideKind::quantized_teacher);
  return guides;
}

GridPoint point_of(const GridConfig& grid, const Precision& precision, GuideKind guide) {
  GridPoint point;
  point.precision = precision.name;
  point.bits = precision.bits;
  point.guide = guide;
  point.float_epochs = grid.float_epochs;
  point.epochs = grid.epochs;
  return point;
}

/// Synthesis takes minutes: only the distilled student of the first seed.
bool is_synthesised(const GridConfig& grid, const GridPoint& point) {
  return point.guide == GuideKind::float_teacher && point.seed == grid.seeds.front() &&
         point.train_events == grid.train_events.front() && point.precision == "fixed" &&
         std::ranges::find(grid.synthesise, point.bits) != grid.synthesise.end();
}

}  // namespace

void describe(Fields& f, GridConfig& c) {
  f.integers("bits", c.bits, {2, 32}, "bits of weights and activations, 2 to 8; 32: floating point");
  f.flag("ternary", c.ternary, "ternary weights too");
  f.flag("alone", c.alone, "students that learn from the truth alone");
  f.flag("float_teacher", c.float_teacher, "students distilled from the teacher");
  f.flag("quantized_teacher", c.quantized_teacher, "students distilled from the quantized teacher");
  f.integers("seeds", c.seeds, {0, 1e9}, "one training per seed, for the spread");
  f.integers("train_events", c.train_events, {0, 1e9}, "events to train on; 0: all of the training split");
  f.integer("float_epochs", c.float_epochs, {0, 10000}, "epochs without quantizers before the quantized ones");
  f.integer("epochs", c.epochs, {1, 10000}, "epochs with quantizers");
  f.integers("synthesise", c.synthesise, {2, 8},
             "bits of the distilled students whose firmware is synthesised; the others' resources are estimated");
}

std::string GridPoint::folder() const {
  const std::string what = precision == "fixed" ? fmt::format("{}bit", bits) : precision;
  const std::string events = train_events == 0 ? "" : fmt::format("-{}events", train_events);
  return fmt::format("{}-{}-seed{}{}", what, guide_names[static_cast<int>(guide)], seed, events);
}

std::string GridPoint::name() const {
  const std::string what = precision == "fixed" ? fmt::format("{} bit", bits) : precision;
  const std::string events = train_events == 0 ? "" : fmt::format(", {} events", train_events);
  return fmt::format("Student, {}, {}{}", what, guide_texts[static_cast<int>(guide)], events);
}

std::vector<GridPoint> grid_points(const std::vector<GridConfig>& grids) {
  std::vector<GridPoint> points;
  std::map<std::string, std::pair<int, int>> known;  // folder -> epochs without and with quantizers
  std::size_t most_seeds = 0;
  for (const GridConfig& grid : grids) most_seeds = std::max(most_seeds, grid.seeds.size());
  for (std::size_t s = 0; s < most_seeds; ++s)
    for (const GridConfig& grid : grids) {
      if (s >= grid.seeds.size()) continue;
      for (const std::int64_t events : grid.train_events)
        for (const Precision& precision : precisions_of(grid))
          for (const GuideKind guide : guides_of(grid)) {
            GridPoint point = point_of(grid, precision, guide);
            point.seed = grid.seeds[s];
            point.train_events = events;
            point.synthesise = is_synthesised(grid, point);
            const std::pair<int, int> epochs(point.float_epochs, point.epochs);
            const auto [first, is_new] = known.emplace(point.folder(), epochs);
            if (is_new) points.push_back(point);
            if (first->second != epochs)
              throw Error(fmt::format("grid: {} is trained twice, for different numbers of epochs", point.folder()), "",
                          "Give the grids different train_events, or the same epochs and float_epochs");
          }
    }
  return points;
}

StudentConfig student_of(const GridPoint& point, StudentConfig student) {
  student.name = "student";
  student.precision = point.precision;
  if (point.precision == "fixed") student.bits = point.bits;
  student.distill.enabled = point.guide != GuideKind::none;
  student.float_epochs = point.float_epochs;
  student.train.epochs = point.epochs;
  student.train.train_events = static_cast<int>(point.train_events);
  student.train.seed = point.seed;
  return student;
}

}  // namespace lutra
