#pragma once
#include <gtest/gtest.h>

#include "base/random.h"
#include "event/dataset.h"

namespace lutra {

/// Random inputs of a format, two targets and a column.
inline Dataset some_data(std::size_t events, Format format = {2, 1, false}) {
  Dataset data;
  data.rows = 3;
  data.cols = 4;
  data.input_format = format;
  data.targets = {{"pt", "GeV", 0, 20, 0}, {"eta", "", 0, 1, 0.01}};
  data.columns = {{"phi", {}}};
  for (std::size_t event = 0; event < events; ++event) {
    Random random(3, RandomStream::noise, event);
    for (int i = 0; i < 12; ++i)
      data.inputs.push_back(static_cast<std::int16_t>(
          format.min() + random.below(static_cast<std::uint32_t>(format.max() - format.min() + 1))));
    data.truth.push_back(static_cast<float>(random.uniform(0, 20)));
    data.truth.push_back(static_cast<float>(random.uniform()));
    data.window_start.push_back(static_cast<int>(random.below(352)));
    data.split.push_back(static_cast<Split>(event % 3));
    data.columns[0].values.push_back(static_cast<float>(random.uniform(-3, 3)));
  }
  return data;
}

inline void expect_same(const Dataset& a, const Dataset& b) {
  EXPECT_EQ(a.rows, b.rows);
  EXPECT_EQ(a.cols, b.cols);
  EXPECT_EQ(a.input_format, b.input_format);
  EXPECT_EQ(a.inputs, b.inputs);
  EXPECT_EQ(a.targets, b.targets);
  EXPECT_EQ(a.truth, b.truth);
  EXPECT_EQ(a.window_start, b.window_start);
  EXPECT_EQ(a.split, b.split);
  ASSERT_EQ(a.columns.size(), b.columns.size());
  for (std::size_t i = 0; i < a.columns.size(); ++i) EXPECT_EQ(a.columns[i].values, b.columns[i].values);
}

}  // namespace lutra
