#include "model/layer_bits.h"

#include <gtest/gtest.h>

#include "model/ebops.h"
#include "model/published_student.h"

namespace lutra {
namespace {

/// Two inputs of 3 bits, one sum of a layer, and a look at what is counted of it.
Network two_inputs() {
  Network network;
  network.input = {2, 1, 1};
  network.input_format = {3, 0, false};
  Layer dense;
  dense.name = "dense";
  dense.inputs = {network_input};
  dense.out_channels = 2;
  dense.weights = {6, 0, 1, -5};
  dense.weight_frac = {0, 0};
  dense.bias = {0, 0};
  dense.bias_frac = {0, 0};
  dense.output = {{{8, 0, true}}};
  network.layers = {dense};
  return network;
}

TEST(LayerBits, CountsProductsAndBitsOfSums) {
  const std::vector<LayerBits> bits = count_bits(two_inputs());
  ASSERT_EQ(bits.size(), 1u);
  EXPECT_EQ(bits[0].products, 3);
  EXPECT_EQ(bits[0].ebops, (2 + 1 + 3) * 3);
  EXPECT_EQ(bits[0].output_bits, 2 * 8);
  EXPECT_EQ(bits[0].table_luts + bits[0].compared_bits, 0);
}

TEST(LayerBits, CountsTablesAndPoolings) {
  Network network = two_inputs();
  Layer table;
  table.name = "table";
  table.op = Op::table;
  table.inputs = {0};
  table.output = {{{3, 0, false}}};
  table.table = {std::vector<std::int64_t>(256, 1)};
  Layer pool;
  pool.name = "pool";
  pool.op = Op::max_pool;
  pool.inputs = {1};
  network.layers.insert(network.layers.end(), {table, pool});
  const std::vector<LayerBits> bits = count_bits(network);
  EXPECT_EQ(bits[1].table_luts, 2 * 3 * 4) << "two of 3 bits and 8 address bits";
  EXPECT_EQ(bits[2].compared_bits, 0) << "windows of one element";
}

TEST(LayerBits, SumUpToTheEffectiveBitOperations) {
  const Network student = published_student(1);
  double sum = 0;
  for (const LayerBits& bits : count_bits(student)) sum += bits.ebops;
  EXPECT_EQ(sum, effective_bit_operations(student));
}

}  // namespace
}  // namespace lutra
