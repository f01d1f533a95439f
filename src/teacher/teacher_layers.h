#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace lutra {

/// The two teachers (docs/training.md), both convolutions and dense layers with ReLU between.
enum class TeacherPlan {
  fragment,  // conv3x3 10, 10, maxpool(1,2), conv3x3 17, 17, 17, maxpool(2,2), dense 10, 10, targets
  image,  // the whole detector: conv3x5 6 on every second column, maxpool(1,2), conv3x3 12, maxpool(1,2), conv3x3 16,
          // maxpool(1,2), conv3x3 24, maxpool(3,2), dense 112, 16, targets
};

std::string to_string(TeacherPlan plan);
TeacherPlan parse_teacher_plan(const std::string& text, const std::string& where);

struct TeacherShape {
  int rows = 0;
  int cols = 0;
  int targets = 0;
  TeacherPlan plan = TeacherPlan::fragment;
};

/// A layer with parameters. A feature map has channels x rows x cols; a dense layer's is n x 1 x 1.
struct TeacherLayer {
  std::string name;  // "conv1", "dense1", ...; "output"
  bool dense = false;
  int inputs = 0;  // weights per output channel
  int channels = 0;
  int rows = 1, cols = 1;                // of its map
  int kernel_rows = 1, kernel_cols = 1;  // convolution, padded with zeros by half of it
  int stride_cols = 1;
  int pool_rows = 1, pool_cols = 1;     // maximum over so much of its input comes first
  double first_row = 0, first_col = 0;  // input row and column at the centre of position (0, 0)
  double row_step = 1, col_step = 1;    // between positions
  std::size_t weight = 0;               // offset in Teacher::parameters
  std::size_t bias = 0;
};

/// Smallest image that survives the plan's poolings.
bool fits_plan(const TeacherShape& shape);

/// In order. fits_plan(shape) must hold.
std::vector<TeacherLayer> teacher_layers(const TeacherShape& shape);
std::size_t teacher_parameters(const TeacherShape& shape);

/// Products of weights and inputs for one image; those with the zeros of a padding count.
double teacher_products(const TeacherShape& shape);

}  // namespace lutra
