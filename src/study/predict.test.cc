#include "study/predict.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

/// The first largest of three inputs, which an imported network has as channels; it describes no targets.
Network largest_of_three() {
  Layer argmax;
  argmax.name = "argmax";
  argmax.op = Op::argmax;
  argmax.inputs = {network_input};
  return {"imported", {3, 1, 1}, {4, 0, false}, {argmax}, {}};
}

Dataset two_events(int cols) {
  Dataset data;
  data.rows = 1;
  data.cols = cols;
  data.input_format = {4, 0, false};
  data.targets = {{"a", "", 0, 1, 0}, {"b", "", 0, 1, 0}, {"c", "", 0, 1, 0}};
  data.inputs.assign(static_cast<std::size_t>(2 * cols), 0);
  data.inputs[2] = 7;
  data.inputs[static_cast<std::size_t>(cols) + 1] = 7;
  data.truth = {0, 0, 1, 0, 1, 0};
  data.window_start = {0, 0};
  data.split = {Split::test, Split::test};
  return data;
}

TEST(NetworkOutputs, AreAsTheyAreWithoutTargets) {
  EXPECT_EQ(network_outputs(largest_of_three(), two_events(3), {}), (std::vector<double>{2, 1}));
}

TEST(NetworkOutputs, DataOfAnotherKindAreErrors) {
  EXPECT_THROW(network_outputs(largest_of_three(), two_events(4), {}), Error);
  Dataset other = two_events(3);
  other.input_format = {5, 0, false};
  EXPECT_THROW(network_outputs(largest_of_three(), other, {}), Error);
  other = two_events(3);
  other.targets.pop_back();
  EXPECT_THROW(network_outputs(largest_of_three(), other, {}), Error);
  Network values = largest_of_three();
  values.layers[0].op = Op::flatten;  // three numbers instead of a class, and nobody says what they mean
  EXPECT_THROW(network_outputs(values, two_events(3), {}), Error);
}

}  // namespace
}  // namespace lutra
