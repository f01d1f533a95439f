#include "student/guidance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "model/evaluate.h"
#include "student/student_init.h"
#include "student/student_objective.h"
#include "teacher/teacher_guide.h"
#include "train/network_guide.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

TeacherGuide random_teacher(const Dataset& data) {
  Teacher teacher{data.rows, data.cols, data.input_format, data.targets, {}};
  Random random(9, RandomStream::verify, 0);
  for (std::size_t i = 0; i < teacher_parameters({9, 16, 2}); ++i)
    teacher.parameters.push_back(static_cast<float>(0.15 * random.normal()));
  return TeacherGuide(std::move(teacher));
}

TEST(MatchingPositions, AreAtTheSamePlaceOnTheImage) {
  // Student column 2 of conv4 has its centre on input column 6; the teacher's pooled column 3 covers 6 and 7.
  EXPECT_EQ(matching_positions(6, 8, 1, 8, 0.5, 2), (std::vector<int>{3}));
  EXPECT_EQ(matching_positions(7, 8, 1, 8, 0.5, 2), (std::vector<int>{3}));
  EXPECT_EQ(matching_positions(5, 7, 1, 9, 0, 1), (std::vector<int>{5}));
  EXPECT_EQ(matching_positions(4, 1, 1, 4, 0, 1), (std::vector<int>{0, 1, 2, 3}))
      << "a single position sees everything";
}

TEST(Guidance, HintTargetsAreNormalisedAndShared) {
  const Dataset data = toy_fragments(300, 1);
  const Samples samples = make_samples(data, TrainConfig());
  const StudentConfig config;
  const StudentLayout layout = lay_out(config, data);
  const Guidance guidance =
      make_guidance(config, layout, samples, layout.parameters, random_teacher(data), 2, no_progress);
  const Hint& hint = guidance.hints[0];
  EXPECT_EQ(hint.cell_of.size(), 8u);
  EXPECT_EQ(hint.cells, 4);
  EXPECT_EQ(guidance.parameters, 1032u + 17 * 6 + 17);
  double sum = 0, square = 0;
  for (const std::uint32_t e : samples.train)
    for (int cell = 0; cell < 4; ++cell) {
      const double v = hint.target[(e * 4 + static_cast<std::uint32_t>(cell)) * 17 + 3];
      sum += v;
      square += v * v;
    }
  const double count = 4.0 * static_cast<double>(samples.train.size());
  EXPECT_NEAR(sum / count, 0, 1e-4);
  EXPECT_NEAR(square / count, 1, 1e-3);
}

Network random_network_guide(const Dataset& data) {
  const StudentConfig config = quantized_teacher_config();
  const StudentLayout layout = lay_out(config, data);
  Random random(9, RandomStream::verify, 0);
  std::vector<float> parameters(layout.parameters);
  for (float& p : parameters) p = static_cast<float>(0.02 + 0.15 * random.normal());
  return export_network(layout, choose_formats(layout, config, parameters), parameters);
}

TEST(NetworkGuide, CountsItsLayersByKindAndKnowsWhereTheyAre) {
  const NetworkGuide guide(random_network_guide(toy_fragments(1, 1)));
  const auto layers = guide.layers();
  ASSERT_EQ(layers.size(), 7u);  // the output gives no hint
  const auto same = TeacherGuide(Teacher{9, 16, {2, 1, false}, toy_fragments(1, 1).targets, {}}).layers();
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_EQ(layers[k].name, same[k].name);
    EXPECT_EQ(layers[k].shape, same[k].shape);
    EXPECT_EQ(layers[k].first_row, same[k].first_row);
    EXPECT_EQ(layers[k].first_col, same[k].first_col);
    EXPECT_EQ(layers[k].col_step, same[k].col_step);
  }
}

// Quantizing the sums gives the layer's own integers, and the outputs are the evaluator's.
TEST(NetworkGuide, AnswersWithTheEvaluatorsIntegers) {
  const Dataset data = toy_fragments(50, 3);
  const Network network = random_network_guide(data);
  const NetworkGuide guide(network);
  const std::vector<std::size_t> wanted = {4, 1, 5, 4};  // conv5, conv2, dense1 and conv5 again
  const std::vector<std::size_t> layer_of = {5, 1, 8, 5};
  const std::vector<std::uint32_t> events = {7, 0, 49};
  const GuideAnswer answer = guide.prepare(data, wanted)(events);
  const Evaluator evaluator(network);
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto layers = evaluator.evaluate_layers(data.input(events[i]));
    for (std::size_t t = 0; t < 2; ++t)
      EXPECT_EQ(answer.output[2 * i + t], to_real(layers.back()[t], evaluator.output_formats()[t].frac));
    for (std::size_t h = 0; h < wanted.size(); ++h) {
      const auto& integers = layers[layer_of[h]];
      ASSERT_EQ(answer.maps[h].size(), events.size() * integers.size());
      for (std::size_t o = 0; o < integers.size(); ++o) {
        const double sum = std::max(0.0f, answer.maps[h][i * integers.size() + o]);
        EXPECT_EQ(quantize_real(sum, network.layers[layer_of[h]].output[0]), integers[o]);
      }
    }
  }
}

TEST(NetworkGuide, RefusesDataOfAnotherKind) {
  Dataset data = toy_fragments(5, 3);
  const NetworkGuide guide(random_network_guide(data));
  EXPECT_NO_THROW(guide.check_fits(data));
  data.input_format.frac = 0;
  EXPECT_THROW(guide.check_fits(data), Error);
  data = toy_fragments(5, 3);
  data.targets.pop_back();
  EXPECT_THROW(guide.check_fits(data), Error);
}

// The gradient of the unquantized student, all terms on, against finite differences of the loss.
TEST(StudentObjective, GradientIsTheSlopeOfTheLoss) {
  const Dataset data = toy_fragments(200, 1);
  const Samples samples = make_samples(data, TrainConfig());
  StudentConfig config;
  config.slope_outside = 0;
  config.layer[1].stride_cols = 2;
  config.distill.hint = {{.student_layer = 3, .teacher_layer = "conv5", .weight = 0.3},
                         {.student_layer = 4, .teacher_layer = "dense1", .weight = 0.2},
                         {.student_layer = 1, .teacher_layer = "conv2", .weight = 0.1}};
  config.layer[2].pad_cols = 1;
  config.layer[3].pad_cols = 1;
  const StudentLayout layout = lay_out(config, data);
  const Guidance guidance =
      make_guidance(config, layout, samples, layout.parameters, random_teacher(data), 1, no_progress);
  const FloatQuantizer quantizer(layout, 0);
  const StudentObjective objective(config, layout, samples, guidance, quantizer);
  std::vector<float> parameters = initial_student(layout, guidance, samples, 3, 0);
  const auto events = std::span<const std::uint32_t>(samples.train).first(70);
  const auto weights = objective.weights(0);
  const auto loss = [&] {
    std::vector<float> unused(parameters.size());
    const auto terms = objective.add_gradient(parameters, events, weights, 1, unused);
    double sum = 0;
    for (std::size_t t = 0; t < terms.size(); ++t) sum += weights[t] * terms[t];
    return sum;
  };
  std::vector<float> gradient(parameters.size());
  objective.add_gradient(parameters, events, weights, 1, gradient);
  double difference = 0, length = 0;
  for (std::size_t i = 0; i < parameters.size(); i += 7) {
    const float here = parameters[i], width = 2e-3f;
    parameters[i] = here + width;
    const double above = loss();
    parameters[i] = here - width;
    const double slope = (above - loss()) / (2 * width);
    parameters[i] = here;
    difference += std::pow(slope - gradient[i], 2);
    length += slope * slope;
  }
  EXPECT_LT(std::sqrt(difference / length), 0.02);
}

}  // namespace
}  // namespace lutra
