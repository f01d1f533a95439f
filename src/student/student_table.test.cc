#include "student/student_table.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "model/evaluate.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

const Shape image{1, 9, 16};

TEST(TableCells, CoverTheImageOnce) {
  const TableCells cells = table_cells(image, 3, {3, 2, 2, 2});
  EXPECT_EQ(cells.pixels.size(), 64u);
  EXPECT_EQ(cells.states(0), 26);
  EXPECT_EQ(cells.states(3), 8);
  EXPECT_EQ(cells.inputs, 16 * (26 + 3 * 8));
  std::vector<int> seen(144);
  for (const auto& pixels : cells.pixels)
    for (const int pixel : pixels) ++seen[static_cast<std::size_t>(pixel)];
  for (const int n : seen) EXPECT_EQ(n, 1);
}

TEST(TableCells, BadGroupsAreErrors) {
  EXPECT_THROW(table_cells(image, 3, {3, 3}), Error);
  EXPECT_THROW(table_cells(image, 3, {9}), Error) << "19,683 states";
}

TEST(TableMap, SharesTheTablesOfAGroupAlongTheColumns) {
  const TableCells cells = table_cells(image, 3, {3, 2, 2, 2});
  const LinearMap map = table_map(cells, 2);
  EXPECT_EQ(map.channels, 8);
  EXPECT_EQ(map.outputs, 128);
  EXPECT_EQ(map.weights, 2 * (26 + 3 * 8));
  for (std::size_t w = 0; w < static_cast<std::size_t>(map.weights); ++w)
    EXPECT_EQ(map.by_weight.begin[w + 1] - map.by_weight.begin[w], 16u);
}

// The wiring and the one-hot states are two views of the same cells.
TEST(AddressLayer, GivesTheAddressOfTheState) {
  const Dataset data = toy_fragments(50, 1);
  const TableCells cells = table_cells(image, 3, {3, 4, 2});
  Network network{"addresses", image, data.input_format, {address_layer(cells, 2, data.input_format, "address")}, {}};
  network.layers[0].inputs = {network_input};
  const Evaluator evaluator(network);
  for (std::size_t e = 0; e < data.size(); ++e) {
    const auto addresses = evaluator.evaluate(data.input(e));
    ASSERT_EQ(addresses.size(), 2 * cells.pixels.size());
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      const std::size_t cell = i % cells.pixels.size();
      EXPECT_EQ(state_of_address(cells, cell / 16, 2, static_cast<std::uint32_t>(addresses[i])),
                cells.state_of(cell, data.input(e)));
    }
  }
}

}  // namespace
}  // namespace lutra
