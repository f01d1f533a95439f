#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/target.h"
#include "event/dataset.h"
#include "student/linear_map.h"
#include "student/student_config.h"
#include "student/student_table.h"

namespace lutra {

/// One layer with its place in the flat parameter vector: weights [weight, bias), biases [bias, bias + channels). A
/// pooling has neither.
struct StudentLayer {
  std::string name;   // "conv1", "dense5", "table1", ...: kind and position
  Op op = Op::dense;  // dense, conv, max_pool or table
  Shape input;
  Shape shape;
  Window window;     // conv and max_pool
  TableCells cells;  // table: `map` reads their one-hot states
  LinearMap map;
  std::size_t weight = 0;
  std::size_t bias = 0;
  // Where it looks: position (row, col) covers input rows [row x stride_rows - lead_rows, + extent_rows).
  int stride_rows = 1, stride_cols = 1;
  int lead_rows = 0, lead_cols = 0;
  int extent_rows = 1, extent_cols = 1;
};

/// A student's structure, worked out from its configuration and the data it reads.
struct StudentLayout {
  std::string name;
  Shape input;
  Format input_format;
  std::vector<Target> targets;
  std::vector<StudentLayer> layers;
  std::size_t parameters = 0;
  bool classifies = false;  // the outputs are scores of classes: the exported network ends in argmax
};

/// Error naming the layer when it does not fit its input, or the last one does not give one value per target.
StudentLayout lay_out(const StudentConfig& config, const Dataset& data);

}  // namespace lutra
