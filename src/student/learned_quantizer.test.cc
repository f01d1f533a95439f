#include "student/learned_quantizer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "model/evaluate.h"
#include "student/learn_precision.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

StudentConfig small_config(const std::string& granularity) {
  StudentConfig config;
  config.layer = {{.op = "conv", .channels = 3, .kernel_rows = 3, .kernel_cols = 4, .stride_rows = 3, .stride_cols = 2},
                  {.op = "dense", .channels = 5},
                  {.op = "dense", .channels = 0}};
  config.learn.granularity = granularity;
  config.output_bits = 10;
  return config;
}

/// Random weights, biases and bits.
std::vector<float> random_parameters(const LearnedQuantizer& quantizer, std::size_t weights, std::uint64_t seed) {
  Random random(seed, RandomStream::verify, 0);
  std::vector<float> parameters(quantizer.parameters());
  for (std::size_t i = 0; i < parameters.size(); ++i)
    parameters[i] = static_cast<float>(i < weights ? 0.4 * random.normal() : random.uniform(-1, 7));
  quantizer.project(parameters);
  return parameters;
}

RC_GTEST_PROP(LearnedQuantizer, ExportedIntegersReproduceTraining, ()) {
  StudentConfig config = small_config(*rc::gen::element<std::string>("layer", "channel", "weight"));
  config.rounding = *rc::gen::element<std::string>("half_up", "half_even");
  const int start = *rc::gen::inRange(0, 3);
  if (start > 0) config.layer[0] = {.op = "table", .channels = *rc::gen::inRange(1, 4)};
  if (start > 1) {  // roads: a convolution along the columns of the cells, and the best of its places
    const LayerConfig road = {.op = "conv", .channels = 2, .kernel_rows = 1, .kernel_cols = 5, .pad_cols = 2};
    const LayerConfig best = {.op = "max_pool", .kernel_rows = 1, .kernel_cols = 8, .stride_cols = 8};
    config.layer.insert(config.layer.begin() + 1, {road, best});
  }
  if (start == 0 && *rc::gen::arbitrary<bool>())
    config.layer[0] = {.op = "station_conv", .channels = 2, .kernel_cols = 5, .pad_cols = 2};
  const Dataset data = toy_fragments(8, *rc::gen::arbitrary<std::uint32_t>());
  const StudentLayout layout = lay_out(config, data);
  const LearnedQuantizer quantizer(layout, config);
  auto parameters = random_parameters(quantizer, layout.parameters, *rc::gen::arbitrary<std::uint32_t>());
  for (const StudentLayer& layer : layout.layers) clear_unused(layer.map, std::span(parameters).subspan(layer.weight));
  const Network network = quantizer.export_network(parameters);
  const Evaluator evaluator(network);
  const EffectiveStudent student = quantizer.effective(parameters);
  StudentPass pass(layout, student);
  for (std::uint32_t e = 0; e < data.size(); ++e) {
    pass.forward(data, std::span(&e, 1));
    const auto out = evaluator.evaluate(data.input(e));
    for (std::size_t t = 0; t < 2; ++t)
      RC_ASSERT(static_cast<double>(pass.out(config.layer.size() - 1)[t].lane[0]) ==
                to_real(out[t], evaluator.output_formats()[t].frac));
  }
}

TEST(LearnedQuantizer, CostCountsBitsTimesBits) {
  StudentConfig config = small_config("weight");
  config.layer = {{.op = "dense", .channels = 1}, {.op = "dense", .channels = 0}};
  const Dataset data = toy_fragments(1, 1);
  const StudentLayout layout = lay_out(config, data);
  const LearnedQuantizer quantizer(layout, config);
  std::vector<float> parameters(quantizer.parameters());
  parameters[3] = 0.75f;   // on a grid of 1/4 (f = 2): 0.11, two bits
  parameters[7] = -1.25f;  // 1.01, three bits
  parameters[layout.layers[1].weight] = 0.5f;
  for (std::size_t i = layout.parameters; i < parameters.size(); ++i) parameters[i] = 2;
  const std::uint32_t activation_bits = static_cast<std::uint32_t>(layout.parameters) + 144;
  parameters[activation_bits] = 5;
  EXPECT_EQ(quantizer.cost(parameters, 0, {}), 2 * 2 + 3 * 2 + 2 * 5);  // inputs have 2 bits; 0.5 on 1/4: two bits

  std::vector<float> gradient(parameters.size());
  quantizer.cost(parameters, 0.5, gradient);
  EXPECT_EQ(gradient[layout.parameters + 3], 0.5f * 2);
  EXPECT_EQ(gradient[layout.parameters + 4], 0) << "a pruned weight costs nothing";
  EXPECT_EQ(gradient[activation_bits], 0.5f * 2);
}

RC_GTEST_PROP(LearnedQuantizer, CostInLutsIsThatOfTheExportedNetwork, ()) {
  StudentConfig config = small_config(*rc::gen::element<std::string>("layer", "channel", "weight"));
  config.learn.cost = "luts";
  if (*rc::gen::arbitrary<bool>()) config.layer[0] = {.op = "table", .channels = 2};
  const StudentLayout layout = lay_out(config, toy_fragments(1, 1));
  const LearnedQuantizer quantizer(layout, config);
  auto parameters = random_parameters(quantizer, layout.parameters, *rc::gen::arbitrary<std::uint32_t>());
  for (std::size_t i = layout.parameters; i < parameters.size(); ++i) parameters[i] = std::max(parameters[i], 1.0f);
  const Network network = quantizer.export_network(parameters);
  const std::vector<LayerBits> bits = count_bits(network);
  double cost = 0;
  for (std::size_t k = 0; k < bits.size(); ++k)
    if (!network.layers[k].name.starts_with("address")) cost += cost_of(bits[k], hardware_cost("luts"));  // wires
  RC_ASSERT(std::abs(quantizer.cost(parameters, 0, {}) - cost) < 1e-6 * cost);
}

TEST(LearnedQuantizer, APrunedWeightTakesItsProductAlong) {
  StudentConfig config = small_config("weight");
  config.learn.cost = "luts";
  config.layer = {{.op = "dense", .channels = 0}};
  const StudentLayout layout = lay_out(config, toy_fragments(1, 1));
  const LearnedQuantizer quantizer(layout, config);
  std::vector<float> parameters(quantizer.parameters());
  parameters[4] = 2;  // the channel has another input
  const double without = quantizer.cost(parameters, 0, {});
  parameters[3] = 1;  // a single bit
  std::vector<float> gradient(parameters.size());
  const double with = quantizer.cost(parameters, 1, gradient);
  EXPECT_NEAR(gradient[layout.parameters + 3], with - without, 1e-5) << "what the last bit saves";
}

TEST(LearnedQuantizer, SlopesOfBitsFollowTheirFormula) {
  const LinearMap map = dense_map(1, 1);
  Activation activation;
  activation.learns_bits = true;
  activation.scale = {4};
  activation.lo = {0};
  activation.hi = {3};
  Tile sums{}, out{}, slopes{};
  sums.lane[0] = 0.3f;   // rounds to 0.25: slope 0.05
  sums.lane[1] = 2.0f;   // clipped at 0.75: its last place, 0.25
  sums.lane[2] = -1.0f;  // off: nothing
  for (float& v : slopes.lane) v = 2;
  tile_activate(map, activation, &sums, &out);
  HalfTile bits{};
  tile_add_bit_slopes(map, activation, &sums, &out, &slopes, &bits);
  EXPECT_NEAR(bits.lane[0], 2 * 0.05f, 1e-6);
  EXPECT_NEAR(bits.lane[1], 2 * 0.25f, 1e-6);
  EXPECT_EQ(bits.lane[2], 0);
}

// A table's entry is what its output would be without rounding: its slope is that of the whole network, by finite
// differences with activations so fine that their steps do not show.
TEST(LearnedQuantizer, SlopesOfTableEntriesAreThoseOfTheOutput) {
  StudentConfig config = small_config("weight");
  config.layer = {{.op = "table", .channels = 1}, {.op = "dense", .channels = 0}};
  config.output_bits = 16;
  config.slope_outside = 0;
  const Dataset data = toy_fragments(1, 4);
  const StudentLayout layout = lay_out(config, data);
  FloatQuantizer quantizer(layout, 0);
  Random random(3, RandomStream::verify, 0);
  std::vector<float> parameters(layout.parameters);
  for (float& p : parameters) p = static_cast<float>(random.uniform(0.2, 0.7));
  const std::uint32_t event = 0;
  const auto output = [&](std::vector<float>* gradient) {
    const EffectiveStudent student = quantizer.effective(parameters);
    StudentPass pass(layout, student);
    pass.forward(data, std::span(&event, 1));
    const float out = pass.out(1)[0].lane[0];
    if (gradient) {
      pass.output_slopes()[0].lane[0] = 1;
      pass.backward();
      pass.add_gradient(*gradient);
    }
    return out;
  };
  std::vector<float> gradient(parameters.size());
  output(&gradient);
  const float step = 0.01f;
  for (std::size_t i = 0; i < layout.layers[1].weight; ++i) {
    std::vector<float> kept = parameters;
    parameters[i] += step;
    const float up = output(nullptr);
    parameters[i] -= 2 * step;
    const float slope = (up - output(nullptr)) / (2 * step);
    parameters = kept;
    EXPECT_NEAR(gradient[i], slope, 2e-3) << i;
  }
}

TEST(LearnedQuantizer, CostOfTablesAndPoolsIsTheSlopeInTheirBits) {
  StudentConfig config = small_config("weight");
  config.layer = {{.op = "table", .channels = 1},
                  {.op = "max_pool", .kernel_rows = 1, .kernel_cols = 4, .stride_cols = 4},
                  {.op = "dense", .channels = 0}};
  const Dataset data = toy_fragments(1, 1);
  const StudentLayout layout = lay_out(config, data);
  const LearnedQuantizer quantizer(layout, config);
  std::vector<float> parameters(quantizer.parameters(), 0.5f);
  for (std::size_t i = layout.parameters; i < parameters.size(); ++i) parameters[i] = 2;
  std::vector<float> gradient(parameters.size());
  const double cost = quantizer.cost(parameters, 1, gradient);
  for (std::size_t i = layout.parameters; i < layout.parameters + 4; ++i) {  // of the four stations
    parameters[i] = 3;
    EXPECT_NEAR(quantizer.cost(parameters, 0, {}) - cost, gradient[i], 1e-4);
    parameters[i] = 2;
  }
}

// On the clipped branch the output is hi(f) = 1 - 2^-f, whose derivative is exact.
TEST(LearnedQuantizer, ClippedBranchIsTheDerivativeOfTheLimit) {
  const double f = 3, step = 1e-4;
  const double slope = ((1 - std::exp2(-(f + step))) - (1 - std::exp2(-(f - step)))) / (2 * step);
  EXPECT_NEAR(slope, std::log(2.0) * std::exp2(-f), 1e-8);
}

TEST(ParetoFront, KeepsWhatNothingBeats) {
  const std::vector<double> cost = {5, 1, 3, 3, 4, 2}, loss = {1, 9, 4, 3, 3, 9};
  EXPECT_EQ(pareto_front(cost, loss), (std::vector<std::size_t>{1, 3, 0}));
}

class LearnFiles : public testing::Test {
 protected:
  LearnFiles() : folder_(fs::path(testing::TempDir()) / "lutra_learn") { fs::remove_all(folder_); }
  ~LearnFiles() override { fs::remove_all(folder_); }

  static StudentConfig quick() {
    StudentConfig config = small_config("weight");
    config.distill.enabled = false;
    config.float_epochs = 3;
    config.train.epochs = 12;
    config.train.batch_events = 64;
    config.train.learning_rate = 1e-2;
    config.train.checkpoint_steps = 10;
    config.train.final_share = 0.3;
    config.learn.last_pressure = 1e-4;
    config.learn.bit_rate = 20;
    config.learn.polish_epochs = 2;
    config.learn.points = 4;
    config.learn.max_ebops = 1e9;
    return config;
  }

  fs::path folder_;
  Dataset data_ = toy_fragments(3000, 1);
};

TEST_F(LearnFiles, PressureBuysCheaperNetworksAlongAFront) {
  const LearnedStudents students = learn_precision(quick(), data_, nullptr, folder_, 1, no_progress);
  ASSERT_GE(students.front.size(), 2u);
  for (std::size_t k = 1; k < students.front.size(); ++k) {
    EXPECT_GT(students.front[k].cost, students.front[k - 1].cost);
    EXPECT_LT(students.front[k].validation_loss, students.front[k - 1].validation_loss);
  }
  EXPECT_LT(students.front.front().cost, 0.6 * students.front.back().cost);
  EXPECT_EQ(students.chosen + 1, students.front.size());
  EXPECT_EQ(network_to_json(read_network(folder_ / "network.json").network),
            network_to_json(students.front.back().network));
}

TEST_F(LearnFiles, ACandidateThatCannotBeReadIsMadeAnew) {
  learn_precision(quick(), data_, nullptr, folder_, 1, no_progress);
  const std::string front = read_text(folder_ / "front.json");
  fs::resize_file(folder_ / "candidates/epoch-3.json", 50);
  learn_precision(quick(), data_, nullptr, folder_, 1, no_progress);
  EXPECT_EQ(read_text(folder_ / "front.json"), front);
  EXPECT_TRUE(fs::exists(folder_ / "checkpoint-0-pressed.json.unreadable"));
}

TEST_F(LearnFiles, ResumesToTheSameBytes) {
  learn_precision(quick(), data_, nullptr, folder_ / "one", 1, no_progress);
  for (const int limit : {70, 60, 50}) {
    const Progress stop = [left = limit](std::string_view, std::uint64_t, std::uint64_t) mutable {
      if (left-- == 0) throw Interrupted();
    };
    EXPECT_THROW(learn_precision(quick(), data_, nullptr, folder_ / "two", 2, stop), Interrupted);
  }
  learn_precision(quick(), data_, nullptr, folder_ / "two", 2, no_progress);
  for (const char* name : {"network.json", "front.json", "history.json", "front-0.json"})
    EXPECT_EQ(read_text(folder_ / "one" / name), read_text(folder_ / "two" / name)) << name;
}

TEST_F(LearnFiles, SaysHowCloseItCame) {
  StudentConfig config = quick();
  config.learn.max_ebops = 1;
  try {
    learn_precision(config, data_, nullptr, folder_, 1, no_progress);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("the cheapest has"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace lutra
