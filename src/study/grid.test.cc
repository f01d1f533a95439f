#include "study/grid.h"

#include <gtest/gtest.h>

#include <set>

#include "base/error.h"

namespace lutra {
namespace {

GridConfig small_grid() {
  GridConfig grid;
  grid.bits = {2, 32};
  grid.seeds = {1, 2};
  grid.train_events = {100, 0};
  return grid;
}

TEST(Grid, HasEveryCombinationOnceAndTheFirstSeedFirst) {
  const auto points = grid_points({small_grid(), small_grid()});
  EXPECT_EQ(points.size(), 3u * 3u * 2u * 2u);  // precisions x guides x sizes x seeds
  std::set<std::string> folders;
  for (const GridPoint& point : points) folders.insert(point.folder());
  EXPECT_EQ(folders.size(), points.size());
  for (std::size_t i = 0; i < points.size(); ++i) EXPECT_EQ(points[i].seed, i < points.size() / 2 ? 1 : 2);
}

TEST(Grid, TheSameStudentForOtherEpochsIsRefused) {
  GridConfig longer = small_grid();
  longer.epochs += 1;
  EXPECT_THROW(grid_points({small_grid(), longer}), Error);
}

TEST(Grid, NamesAreOfWhatIsComparedAndFoldersOfOneTraining) {
  const auto points = grid_points({small_grid()});
  EXPECT_EQ(points[0].name(), "Student, 2 bit, no teacher, 100 events");
  EXPECT_EQ(points[0].folder(), "2bit-alone-seed1-100events");
  EXPECT_EQ(points.back().name(), "Student, ternary, quantized teacher");
  EXPECT_EQ(points.back().folder(), "ternary-quantized-teacher-seed2");
}

TEST(Grid, APointChangesTheStudentWhereItMustAndNowhereElse) {
  StudentConfig base;
  base.train.learning_rate = 0.123;
  GridPoint point;
  point.precision = "fixed";
  point.bits = 3;
  point.seed = 5;
  point.epochs = 2;
  const StudentConfig alone = student_of(point, base);
  EXPECT_EQ(alone.bits, 3);
  EXPECT_FALSE(alone.distill.enabled);
  EXPECT_EQ(alone.train.seed, 5);
  EXPECT_EQ(alone.train.epochs, 2);
  EXPECT_EQ(alone.train.learning_rate, 0.123);
  point.guide = GuideKind::quantized_teacher;
  point.precision = "float";
  point.bits = 32;
  EXPECT_TRUE(student_of(point, base).distill.enabled);
  EXPECT_EQ(student_of(point, base).bits, base.bits);
}

TEST(Grid, OnlyTheFirstDistilledStudentIsSynthesised) {
  GridConfig grid = small_grid();
  grid.synthesise = {2};
  int synthesised = 0;
  for (const GridPoint& point : grid_points({grid})) synthesised += point.synthesise;
  EXPECT_EQ(synthesised, 1);
}

TEST(Grid, BitsThatNobodyTrainsAreAnError) {
  GridConfig grid;
  grid.bits = {16};
  EXPECT_THROW(grid_points({grid}), Error);
}

}  // namespace
}  // namespace lutra
