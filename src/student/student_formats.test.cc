#include "student/student_formats.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "base/error.h"
#include "base/random.h"
#include "model/evaluate.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

std::vector<float> random_parameters(std::size_t n, std::uint64_t seed, double spread) {
  Random random(seed, RandomStream::verify, 0);
  std::vector<float> parameters(n);
  for (float& v : parameters) v = static_cast<float>(spread * random.normal());
  return parameters;
}

LayerConfig random_pooling() {
  LayerConfig layer;
  layer.op = "max_pool";
  layer.kernel_rows = *rc::gen::inRange(1, 3);
  layer.kernel_cols = *rc::gen::inRange(2, 4);
  layer.stride_rows = *rc::gen::inRange(1, 3);
  layer.stride_cols = *rc::gen::inRange(1, 4);
  layer.pad_cols = *rc::gen::inRange(0, 2);
  return layer;
}

/// A random chain of layers that fits 9 x 16 inputs.
StudentConfig random_config() {
  StudentConfig config;
  config.layer.clear();
  const int convolutions = *rc::gen::inRange(0, 3);
  for (int k = 0; k < convolutions; ++k) {
    LayerConfig layer;
    layer.channels = 2 * *rc::gen::inRange(1, 3);
    layer.kernel_rows = *rc::gen::inRange(1, 4);
    layer.kernel_cols = *rc::gen::inRange(1, 4);
    layer.stride_rows = *rc::gen::inRange(1, 3);
    layer.stride_cols = *rc::gen::inRange(1, 3);
    layer.pad_rows = *rc::gen::inRange(0, 2);
    layer.pad_cols = *rc::gen::inRange(0, 2);
    layer.groups = k == 0 ? 1 : *rc::gen::inRange(1, 3);
    config.layer.push_back(layer);
    if (*rc::gen::inRange(0, 3) == 0) config.layer.push_back(random_pooling());
  }
  for (int k = *rc::gen::inRange(0, 2); k > 0; --k)
    config.layer.push_back({.op = "dense", .channels = *rc::gen::inRange(1, 9)});
  config.layer.push_back({.op = "dense", .channels = 0});
  config.bits = *rc::gen::inRange(2, 9);
  config.rounding = *rc::gen::element<std::string>("half_up", "half_even");
  return config;
}

/// Stations by themselves, then whatever follows.
LayerConfig random_stations() {
  LayerConfig layer;
  layer.op = "station_conv";
  layer.channels = *rc::gen::inRange(1, 3);
  layer.kernel_cols = *rc::gen::inRange(1, 6);
  layer.stride_cols = *rc::gen::inRange(1, 3);
  layer.pad_cols = *rc::gen::inRange(0, 2);
  using Rows = std::vector<std::int64_t>;
  layer.row_groups = *rc::gen::element(Rows{3, 2, 2, 2}, Rows{5, 4}, Rows{9});
  return layer;
}

/// Every layer of every event, evaluator against training arithmetic.
void expect_equal_everywhere(const StudentLayout& layout, const StudentFormats& formats,
                             std::span<const float> parameters, const Dataset& data) {
  const Network network = export_network(layout, formats, parameters);
  const Evaluator evaluator(network);
  const EffectiveStudent student = quantized_student(layout, formats, parameters, 0.1);
  StudentPass pass(layout, student);
  for (std::uint32_t e = 0; e < data.size(); ++e) {
    pass.forward(data, std::span(&e, 1));
    const auto integers = evaluator.evaluate_layers(data.input(e));
    std::size_t k = 0;
    for (std::size_t n = 0; n < network.layers.size(); ++n) {
      if (network.layers[n].op == Op::flatten) continue;
      for (std::size_t o = 0; o < integers[n].size(); ++o) {
        const double real = to_real(integers[n][o], formats[k].output.format.frac);
        RC_ASSERT(static_cast<double>(pass.out(k)[o].lane[0]) == real);
      }
      ++k;
    }
  }
}

RC_GTEST_PROP(StudentFormats, ExportedIntegersReproduceTrainingOnRandomNetworks, ()) {
  StudentConfig config = random_config();
  if (*rc::gen::inRange(0, 4) == 0) config.layer.insert(config.layer.begin(), random_stations());
  const Dataset data = toy_fragments(8, *rc::gen::arbitrary<std::uint32_t>());
  const double spread = *rc::gen::element(0.05, 0.3, 1.0);
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  StudentLayout layout;
  StudentFormats formats;
  std::vector<float> parameters;
  try {
    layout = lay_out(config, data);
    parameters = random_parameters(layout.parameters, seed, spread);
    for (const StudentLayer& layer : layout.layers)
      clear_unused(layer.map, std::span(parameters).subspan(layer.weight));
    formats = choose_formats(layout, config, parameters);
  } catch (const Error&) {
    RC_DISCARD("windows larger than their input, or sums too wide for floats");
  }
  expect_equal_everywhere(layout, formats, parameters, data);
}

TEST(StudentFormats, TheDomainsStudentHas1032Parameters) {
  const StudentLayout layout = lay_out(StudentConfig(), toy_fragments(1, 1));
  EXPECT_EQ(layout.parameters, 1032u);
  EXPECT_EQ(layout.layers[3].shape, (Shape{6, 1, 8}));
  EXPECT_EQ(layout.layers[4].map.inputs, 48);
}

TEST(StudentFormats, TheQuantizedTeacherHasTheLayersOfTheTeacher) {
  const StudentLayout layout = lay_out(quantized_teacher_config(), toy_fragments(1, 1));
  EXPECT_EQ(layout.parameters, 10655u);
  EXPECT_EQ(layout.layers[6].shape, (Shape{17, 4, 4}));
  const Dataset data = toy_fragments(40, 5);
  const auto parameters = random_parameters(layout.parameters, 11, 0.2);
  const StudentFormats formats = choose_formats(layout, quantized_teacher_config(), parameters);
  expect_equal_everywhere(layout, formats, parameters, data);
}

TEST(StudentFormats, RowGroupsOfStationsMustFitTheImage) {
  StudentConfig config;
  config.layer[0] = {.op = "station_conv", .channels = 3, .kernel_cols = 5, .pad_cols = 2};
  config.layer.erase(config.layer.begin() + 1, config.layer.begin() + 4);
  const StudentLayout layout = lay_out(config, toy_fragments(1, 1));
  EXPECT_EQ(layout.layers[0].shape, (Shape{12, 1, 16}));
  EXPECT_EQ(layout.layers[0].extent_rows, 9);
  config.layer[0].row_groups = {3, 2, 2};
  EXPECT_THROW(lay_out(config, toy_fragments(1, 1)), Error);
}

TEST(StudentFormats, APoolingIsInsideTheNetworkAndHasNoGroups) {
  StudentConfig config = quantized_teacher_config();
  config.layer[6].groups = 17;
  EXPECT_THROW(lay_out(config, toy_fragments(1, 1)), Error);
  config = quantized_teacher_config();
  config.layer.resize(7);
  EXPECT_THROW(lay_out(config, toy_fragments(1, 1)), Error);
}

TEST(StudentFormats, ExactAtEveryNumberOfBits) {
  const Dataset data = toy_fragments(200, 5);
  for (int bits = 2; bits <= 8; ++bits) {
    StudentConfig config;
    config.bits = bits;
    const StudentLayout layout = lay_out(config, data);
    const auto parameters = random_parameters(layout.parameters, 11, 0.5);
    expect_equal_everywhere(layout, choose_formats(layout, config, parameters), parameters, data);
  }
}

TEST(StudentFormats, WeightsAreNBitsInsideAPowerOfTwo) {
  StudentConfig config;
  config.bits = 3;
  const StudentLayout layout = lay_out(config, toy_fragments(1, 1));
  auto parameters = random_parameters(layout.parameters, 4, 0.2);
  const StudentFormats formats = choose_formats(layout, config, parameters);
  const auto integers = quantized_parameters(layout, formats, parameters);
  for (std::size_t k = 0; k + 1 < layout.layers.size(); ++k) {
    EXPECT_EQ(formats[k].output.format, (Format{3, 3, false}));
    for (std::size_t i = layout.layers[k].weight; i < layout.layers[k].bias; ++i) {
      EXPECT_GE(integers[i], -4);
      EXPECT_LE(integers[i], 3);
    }
  }
  project(layout, formats, parameters);
  EXPECT_EQ(quantized_parameters(layout, formats, parameters), integers)
      << "pulling weights into range changes nothing";
}

TEST(StudentFormats, TernaryWeightsAreMinusOneZeroOrOne) {
  const Dataset data = toy_fragments(50, 5);
  StudentConfig config;
  config.precision = "ternary";
  const StudentLayout layout = lay_out(config, data);
  auto parameters = random_parameters(layout.parameters, 4, 0.3);
  const StudentFormats formats = choose_formats(layout, config, parameters);
  project(layout, formats, parameters);
  const auto integers = quantized_parameters(layout, formats, parameters);
  for (std::size_t k = 0; k + 1 < layout.layers.size(); ++k)
    for (std::size_t i = layout.layers[k].weight; i < layout.layers[k].bias; ++i) EXPECT_LE(std::abs(integers[i]), 1);
  expect_equal_everywhere(layout, formats, parameters, data);
}

TEST(StudentFormats, RefusesSumsThatFloatsCannotHold) {
  StudentConfig config;
  config.layer = {{.op = "dense", .channels = 512}, {.op = "dense", .channels = 512}, {.op = "dense", .channels = 0}};
  config.bits = 8;
  config.output_bits = 16;
  const StudentLayout layout = lay_out(config, toy_fragments(1, 1));
  const auto parameters = random_parameters(layout.parameters, 1, 1);
  EXPECT_THROW(choose_formats(layout, config, parameters), Error);
}

TEST(StudentLayout, NamesTheLayerThatDoesNotFit) {
  StudentConfig config;
  config.layer = {{.op = "conv", .channels = 3, .kernel_rows = 10}, {.op = "dense", .channels = 0}};
  try {
    lay_out(config, toy_fragments(1, 1));
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("conv1"), std::string::npos) << e.what();
  }
  config.layer = {{.op = "dense", .channels = 3}};
  EXPECT_THROW(lay_out(config, toy_fragments(1, 1)), Error);
  config.layer = {{.op = "dense", .channels = 0}, {.op = "dense", .channels = 2}};
  EXPECT_THROW(lay_out(config, toy_fragments(1, 1)), Error);
  config.layer.clear();
  EXPECT_THROW(lay_out(config, toy_fragments(1, 1)), Error);
}

}  // namespace
}  // namespace lutra
