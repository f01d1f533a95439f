#include "train/guidance.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/parallel.h"
#include "train/teacher_graph.h"
#include "train/teacher_inputs.h"

namespace lutra {
namespace {

/// Teacher positions (indices into one channel of its map) of each cell.
using Cells = std::vector<std::vector<int>>;

Cells match_cells(const StudentLayer& student, const TeacherLayer& teacher, std::vector<int>& cell_of) {
  std::map<std::vector<int>, int> known;
  Cells cells;
  for (int r = 0; r < student.shape.rows; ++r)
    for (int c = 0; c < student.shape.cols; ++c) {
      const double row = r * student.stride_rows - student.lead_rows + (student.extent_rows - 1) / 2.0;
      const double col = c * student.stride_cols - student.lead_cols + (student.extent_cols - 1) / 2.0;
      const auto rows = matching_positions(row, student.shape.rows, student.stride_rows, teacher.rows, 1);
      const auto cols =
          matching_positions(col, student.shape.cols, student.stride_cols, teacher.cols, teacher.col_stride);
      std::vector<int> positions;
      for (const int tr : rows)
        for (const int tc : cols) positions.push_back(tr * teacher.cols + tc);
      const auto [found, is_new] = known.emplace(positions, static_cast<int>(cells.size()));
      if (is_new) cells.push_back(positions);
      cell_of.push_back(found->second);
    }
  return cells;
}

int teacher_layer_index(const std::vector<TeacherLayer>& layers, const std::string& name) {
  const auto found = std::ranges::find(layers, name, [](const TeacherLayer& l) { return std::string(l.name); });
  if (found == layers.end()) throw Error("hint: the teacher has no layer \"" + name + "\"", "", "");
  return static_cast<int>(found - layers.begin());
}

Hint make_hint(const HintConfig& config, const StudentLayout& layout, const TeacherLayer& teacher, Cells& cells,
               std::size_t events, std::size_t& parameters) {
  if (static_cast<std::size_t>(config.student_layer) + 1 >= layout.layers.size())
    throw Error("hint: the student has no hidden layer " + std::to_string(config.student_layer),
                "it has " + std::to_string(layout.layers.size()) + " layers, the last gives the outputs", "");
  Hint hint;
  hint.student_layer = static_cast<std::size_t>(config.student_layer);
  const StudentLayer& student = layout.layers[hint.student_layer];
  hint.name = "hint:" + student.name + ":" + teacher.name;
  hint.channels = teacher.channels;
  cells = match_cells(student, teacher, hint.cell_of);
  hint.cells = static_cast<int>(cells.size());
  hint.target.resize(events * cells.size() * static_cast<std::size_t>(hint.channels));
  hint.adapter = conv_map(student.shape, hint.channels, Window{});
  hint.weight = parameters;
  hint.bias = parameters + static_cast<std::size_t>(hint.adapter.weights);
  parameters = hint.bias + static_cast<std::size_t>(hint.channels);
  hint.loss_weight = config.weight;
  return hint;
}

/// Mean of each channel over each cell for one event's map.
void pool(const float* map, const TeacherLayer& layer, const Cells& cells, float* target) {
  for (const std::vector<int>& cell : cells)
    for (int channel = 0; channel < layer.channels; ++channel) {
      float sum = 0;
      for (const int position : cell) sum += map[channel * layer.rows * layer.cols + position];
      *target++ = cell.empty() ? 0 : sum / static_cast<float>(cell.size());
    }
}

/// Scales each channel to zero mean and unit variance, so that hint weights mean the same for any teacher.
void normalise(Hint& hint, std::span<const std::uint32_t> events) {
  const std::size_t channels = static_cast<std::size_t>(hint.channels), cells = static_cast<std::size_t>(hint.cells);
  for (std::size_t channel = 0; channel < channels; ++channel) {
    double sum = 0, square = 0;
    for (const std::uint32_t e : events)
      for (std::size_t cell = 0; cell < cells; ++cell) {
        const double v = hint.target[(e * cells + cell) * channels + channel];
        sum += v;
        square += v * v;
      }
    const double count = static_cast<double>(events.size() * cells), mean = sum / count;
    const double spread = std::sqrt(std::max(square / count - mean * mean, 1e-12));
    for (const std::uint32_t e : events)
      for (std::size_t cell = 0; cell < cells; ++cell) {
        float& v = hint.target[(e * cells + cell) * channels + channel];
        v = static_cast<float>((v - mean) / spread);
      }
  }
}

}  // namespace

std::vector<int> matching_positions(double student_centre, int student_positions, double student_step,
                                    int teacher_positions, double teacher_step) {
  std::vector<int> positions;
  for (int t = 0; t < teacher_positions; ++t) {
    const double centre = t * teacher_step + (teacher_step - 1) / 2;
    if (student_positions == 1 || std::abs(centre - student_centre) <= std::max(student_step, teacher_step) / 2)
      positions.push_back(t);
  }
  return positions;
}

Guidance make_guidance(const StudentConfig& config, const StudentLayout& layout, const Samples& samples,
                       std::size_t parameters, const Teacher& teacher, int threads, const Progress& progress) {
  const Dataset& data = *samples.data;
  check_fits(teacher, data);
  const auto layers = teacher_layers(data.rows, data.cols, static_cast<int>(data.targets.size()));
  Guidance guidance;
  guidance.output.resize(data.size() * samples.targets);
  guidance.parameters = parameters;
  std::vector<int> wanted;
  std::vector<Cells> cells(config.distill.hint.size());
  for (std::size_t h = 0; h < config.distill.hint.size(); ++h) {
    wanted.push_back(teacher_layer_index(layers, config.distill.hint[h].teacher_layer));
    guidance.hints.push_back(make_hint(config.distill.hint[h], layout, layers[static_cast<std::size_t>(wanted[h])],
                                       cells[h], data.size(), guidance.parameters));
  }
  for_each_chunk(samples.train, threads, "teacher", progress, [&](std::span<const std::uint32_t> events) {
    std::vector<std::vector<float>> maps;
    const auto out = run_teacher(teacher_shape(data), teacher.parameters, real_inputs(data, events), wanted, &maps);
    for (std::size_t i = 0; i < events.size(); ++i) {
      for (std::size_t t = 0; t < samples.targets; ++t)
        guidance.output[events[i] * samples.targets + t] = out[i * data.targets.size() + samples.columns[t]];
      for (std::size_t h = 0; h < wanted.size(); ++h) {
        const TeacherLayer& layer = layers[static_cast<std::size_t>(wanted[h])];
        const std::size_t map_size = static_cast<std::size_t>(layer.channels * layer.rows * layer.cols);
        const std::size_t size = cells[h].size() * static_cast<std::size_t>(layer.channels);
        pool(&maps[static_cast<std::size_t>(wanted[h])][i * map_size], layer, cells[h],
             &guidance.hints[h].target[events[i] * size]);
      }
    }
  });
  for (Hint& hint : guidance.hints) normalise(hint, samples.train);
  return guidance;
}

}  // namespace lutra
