#include "train/network_guide.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "model/evaluate.h"

namespace lutra {
namespace {

/// 2x4 image -> convolution 1x2, stride 2, two channels -> dense, two outputs; everything in steps of 1 / 4.
Network two_layers() {
  Network n;
  n.input = {1, 2, 4};
  n.input_format = {3, 0, false};
  n.targets = {{"pt", "GeV", 0, 20, 0}, {"eta", "", 0, 1, 0}};
  Layer conv, dense;
  conv.name = "c";
  conv.op = Op::conv;
  conv.inputs = {network_input};
  conv.window.kernel_cols = conv.window.stride_cols = 2;
  conv.out_channels = 2;
  conv.weights = {1, 2, -3, 1};
  conv.weight_frac = conv.bias_frac = {2, 2};
  conv.bias = {1, -1};
  conv.relu = true;
  conv.output = {{{4, 1, false}}};
  dense.name = "d";
  dense.inputs = {0};
  dense.out_channels = 2;
  dense.weights = {1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, -1};
  dense.weight_frac = dense.bias_frac = {3, 3};
  dense.bias = {0, 2};
  dense.output = {{{8, 4, true}}};
  n.layers = {conv, dense};
  return n;
}

Dataset data_of(const Network& n) {
  Dataset data;
  data.rows = n.input.rows;
  data.cols = n.input.cols;
  data.input_format = n.input_format;
  data.targets = n.targets;
  data.inputs = {0, 1, 2, 3, 4, 5, 6, 7, 7, 0, 0, 7, 1, 1, 3, 3};
  data.truth.assign(4, 0);
  data.window_start = {0, 0};
  data.split = {Split::train, Split::train};
  return data;
}

TEST(NetworkGuide, HintsAreExactSumsBeforeReluAndQuantizer) {
  const Network network = two_layers();
  const Dataset data = data_of(network);
  const NetworkGuide guide(network);
  guide.check_fits(data);
  const auto layers = guide.layers();
  ASSERT_EQ(layers.size(), 1u);  // of the last one the outputs are known
  EXPECT_EQ(layers[0].name, "conv1");
  EXPECT_EQ(layers[0].shape, (Shape{2, 2, 2}));
  EXPECT_EQ(layers[0].first_col, 0.5);
  EXPECT_EQ(layers[0].first_row, 0);
  EXPECT_EQ(layers[0].col_step, 2);
  const std::vector<std::size_t> wanted{0};
  const std::vector<std::uint32_t> events{0, 1};
  const GuideAnswer answer = guide.prepare(data, wanted)(events);
  ASSERT_EQ(answer.maps[0].size(), 16u);
  EXPECT_FLOAT_EQ(answer.maps[0][0], (0 + 2 * 1 + 1) / 4.0f);
  EXPECT_FLOAT_EQ(answer.maps[0][4], (-3 * 0 + 1 - 1) / 4.0f);
  EXPECT_FLOAT_EQ(answer.maps[0][5], (-3 * 2 + 3 - 1) / 4.0f);  // below 0: no ReLU
  const Evaluator evaluator(network);
  const auto integers = evaluator.evaluate(data.inputs);
  ASSERT_EQ(answer.output.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_FLOAT_EQ(answer.output[i], static_cast<float>(integers[i]) / 16);
}

TEST(NetworkGuide, RefusesOtherData) {
  const Network network = two_layers();
  const auto refuses = [&](auto change) {
    Dataset data = data_of(network);
    change(data);
    EXPECT_THROW(NetworkGuide(network).check_fits(data), Error);
  };
  refuses([](Dataset& d) { d.rows = 1; });
  refuses([](Dataset& d) { d.input_format.bits = 4; });
  refuses([](Dataset& d) { d.targets[0].hi = 30; });
  refuses([](Dataset& d) { d.targets.push_back({"charge", "", -1, 1, 0}); });  // a part only
  Dataset more = data_of(network);
  more.targets.push_back({"charge", "", -1, 1, 0});
  EXPECT_NO_THROW(check_fits(network, more));  // enough to be measured
}

TEST(NetworkGuide, ClassifiersTellTheirScores) {
  Network network = two_layers();
  Layer answer;
  answer.name = "a";
  answer.op = Op::argmax;
  answer.inputs = {1};
  network.layers.push_back(answer);
  Dataset data = data_of(network);
  network.targets.clear();  // the answer is the number of one of the data set's
  EXPECT_TRUE(is_classifier(network));
  EXPECT_FALSE(is_classifier(two_layers()));
  EXPECT_NO_THROW(check_fits(network, data));
  const std::vector<std::uint32_t> events{0};
  const auto scores = NetworkGuide(network).prepare(data, {})(events).output;
  EXPECT_EQ(scores, NetworkGuide(two_layers()).prepare(data, {})(events).output);
  data.targets.pop_back();
  EXPECT_THROW(check_fits(network, data), Error);
}

TEST(NetworkGuide, FingerprintsFollowTheIntegers) {
  Network other = two_layers();
  EXPECT_EQ(NetworkGuide(two_layers()).fingerprint(), NetworkGuide(other).fingerprint());
  other.layers[1].bias[0] = 1;
  EXPECT_NE(NetworkGuide(two_layers()).fingerprint(), NetworkGuide(other).fingerprint());
}

}  // namespace
}  // namespace lutra
