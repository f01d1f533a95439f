#include "model/ebops.h"

#include <gtest/gtest.h>

#include "model/published_student.h"

namespace lutra {
namespace {

Network dense(std::vector<std::int64_t> weights) {
  Network network;
  network.input = {static_cast<int>(weights.size()), 1, 1};
  network.input_format = {3, 0, false};
  Layer layer;
  layer.name = "dense";
  layer.inputs = {network_input};
  layer.out_channels = 1;
  layer.weights = std::move(weights);
  layer.weight_frac = {0};
  layer.bias = {0};
  layer.bias_frac = {0};
  layer.output = {{{8, 0, true}}};
  network.layers = {layer};
  return network;
}

TEST(Ebops, AWeightCostsTheBitsItNeeds) {
  EXPECT_EQ(effective_bit_operations(dense({0})), 0);
  EXPECT_EQ(effective_bit_operations(dense({8})), 1 * 3);   // a power of two is one bit
  EXPECT_EQ(effective_bit_operations(dense({-6})), 2 * 3);  // 110
  EXPECT_EQ(effective_bit_operations(dense({5, -1, 0})), (3 + 1) * 3);
  EXPECT_EQ(products(dense({5, -1, 0})), 3);
}

TEST(Ebops, AConvolutionCostsItsWeightsAtEveryPosition) { EXPECT_EQ(products(published_student(1)), 6234); }

}  // namespace
}  // namespace lutra
