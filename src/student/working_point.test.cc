#include "student/working_point.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "student/student_run.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

TEST(CutForShare, LeavesAtMostTheShareAbove) {
  const std::vector<float> values = {0.1f, 0.9f, 0.3f, 0.3f, 0.7f};
  EXPECT_EQ(cut_for_share(values, 0), 0.9f);
  EXPECT_EQ(cut_for_share(values, 0.2), 0.7f);
  EXPECT_EQ(cut_for_share(values, 0.5), 0.3f);
  EXPECT_EQ(cut_for_share(values, 1), 0.1f);
}

TEST(WorkingPoint, ShiftPutsTheLimitAtTheThreshold) {
  const Dataset data = toy_fragments(2000, 7);
  StudentConfig config;
  config.task.outputs = "pt";
  config.task.accept_at = {10};
  config.layer = {{.op = "dense", .channels = 0}};
  const StudentLayout layout = lay_out(config, data);
  const Samples samples = make_samples(data, config.train, config.task);
  EffectiveStudent student = float_student(layout, std::vector<float>(layout.parameters, 0.01f), 0);
  const double grid = 1.0 / 64;
  const WorkingPoint point{.max_leakage = 0.1, .max_fake = 0.05, .low_truth = 7};
  const double shift = working_shift(point, samples, layout, student, grid);
  student.values[layout.layers[0].bias] += static_cast<float>(shift);
  const double after = working_shift(point, samples, layout, student, grid);
  EXPECT_GE(after, -1e-6) << "within the limits";
  EXPECT_LT(after, grid) << "and no further shift is allowed";
  config.task.accept_at = {};
  EXPECT_THROW(working_shift(point, make_samples(data, config.train, config.task), layout, student, grid), Error);
}

}  // namespace
}  // namespace lutra
