#include "teacher/device.h"

#include <ATen/Context.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/random.h"
#include "teacher/teacher_graph.h"

namespace lutra {
namespace {

TEST(Device, IsChosenByNameOrByWhatIsThere) {
  EXPECT_EQ(choose_device("cpu"), Device::cpu);
  EXPECT_THROW(choose_device("tpu"), Error);
  if (!at::hasCUDA()) {
    EXPECT_EQ(choose_device("auto"), Device::cpu);
    try {
      choose_device("cuda");
      FAIL() << "no error";
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("has no CUDA"), std::string::npos) << e.what();
    }
  }
}

// Runs where there is a GPU only.
TEST(Device, CudaGivesWhatTheCpuGives) {
  if (choose_device("auto") != Device::cuda) GTEST_SKIP() << "the linked libtorch has no CUDA, or there is no GPU";
  const TeacherShape shape{9, 16, 2};
  Random random(1, RandomStream::verify, 0);
  const auto draw = [&](std::size_t n, double spread) {
    std::vector<float> values(n);
    for (float& v : values) v = static_cast<float>(spread * random.normal());
    return values;
  };
  const auto parameters = draw(teacher_parameters(shape), 0.1), inputs = draw(8 * 144, 1), truth = draw(16, 1);
  const std::vector<float> weight(16, 1.0f);
  std::vector<float> on_cpu(parameters.size()), on_cuda(parameters.size());
  const double loss = add_teacher_gradient(shape, Device::cpu, parameters, inputs, truth, weight, 1, on_cpu);
  EXPECT_NEAR(add_teacher_gradient(shape, Device::cuda, parameters, inputs, truth, weight, 1, on_cuda), loss,
              1e-3 * loss);
  for (std::size_t i = 0; i < on_cpu.size(); ++i) EXPECT_NEAR(on_cuda[i], on_cpu[i], 1e-2 * (1 + std::abs(on_cpu[i])));
}

}  // namespace
}  // namespace lutra
