#include "student/guidance.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "train/chunks.h"

namespace lutra {
namespace {

/// Positions (indices into one channel of the guide's map) of each cell.
using Cells = std::vector<std::vector<int>>;

Cells match_cells(const StudentLayer& student, const GuideLayer& guide, std::vector<int>& cell_of) {
  std::map<std::vector<int>, int> known;
  Cells cells;
  for (int r = 0; r < student.shape.rows; ++r)
    for (int c = 0; c < student.shape.cols; ++c) {
      const double row = r * student.stride_rows - student.lead_rows + (student.extent_rows - 1) / 2.0;
      const double col = c * student.stride_cols - student.lead_cols + (student.extent_cols - 1) / 2.0;
      const auto rows = matching_positions(row, student.shape.rows, student.stride_rows, guide.shape.rows,
                                           guide.first_row, guide.row_step);
      const auto cols = matching_positions(col, student.shape.cols, student.stride_cols, guide.shape.cols,
                                           guide.first_col, guide.col_step);
      std::vector<int> positions;
      for (const int gr : rows)
        for (const int gc : cols) positions.push_back(gr * guide.shape.cols + gc);
      const auto [found, is_new] = known.emplace(positions, static_cast<int>(cells.size()));
      if (is_new) cells.push_back(positions);
      cell_of.push_back(found->second);
    }
  return cells;
}

std::size_t layer_index(const std::vector<GuideLayer>& layers, const std::string& name) {
  const auto found = std::ranges::find(layers, name, &GuideLayer::name);
  if (found != layers.end()) return static_cast<std::size_t>(found - layers.begin());
  std::string known;
  for (const GuideLayer& layer : layers) known += " " + layer.name;
  throw Error("hint: the teacher has no layer \"" + name + "\"",
              known.empty() ? "it gives outputs only" : "it has" + known, "");
}

Hint make_hint(const HintConfig& config, const StudentLayout& layout, const GuideLayer& guide, Cells& cells,
               std::size_t events, std::size_t& parameters) {
  const auto index = static_cast<std::size_t>(config.student_layer);
  if (index + 1 >= layout.layers.size() || layout.layers[index].op == Op::max_pool)
    throw Error("hint: student layer " + std::to_string(index) + " is no hidden conv or dense layer",
                "the student has " + std::to_string(layout.layers.size()) + " layers, the last gives the outputs", "");
  Hint hint;
  hint.student_layer = index;
  const StudentLayer& student = layout.layers[index];
  hint.name = "hint:" + student.name + ":" + guide.name;
  hint.channels = guide.shape.channels;
  cells = match_cells(student, guide, hint.cell_of);
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
void pool(const float* map, const Shape& shape, const Cells& cells, float* target) {
  for (const std::vector<int>& cell : cells)
    for (int channel = 0; channel < shape.channels; ++channel) {
      float sum = 0;
      for (const int position : cell) sum += map[channel * shape.rows * shape.cols + position];
      *target++ = cell.empty() ? 0 : sum / static_cast<float>(cell.size());
    }
}

/// Scales each channel to zero mean and unit variance, so that hint weights mean the same for any guide.
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

std::vector<int> matching_positions(double student_centre, int student_positions, double student_step, int positions,
                                    double first, double step) {
  const bool all = student_positions == 1 || positions == 1;
  std::vector<int> matching;
  for (int p = 0; p < positions; ++p)
    if (all || std::abs(first + p * step - student_centre) <= std::max(student_step, step) / 2) matching.push_back(p);
  return matching;
}

Guidance make_guidance(const StudentConfig& config, const StudentLayout& layout, const Samples& samples,
                       std::size_t parameters, const Guide& guide, int threads, const Progress& progress) {
  const Dataset& data = *samples.data;
  guide.check_fits(data);
  const std::vector<GuideLayer> layers = guide.layers();
  Guidance guidance;
  guidance.output.resize(data.size() * samples.targets);
  guidance.parameters = parameters;
  std::vector<std::size_t> wanted;
  std::vector<Cells> cells(config.distill.hint.size());
  for (std::size_t h = 0; h < config.distill.hint.size(); ++h) {
    wanted.push_back(layer_index(layers, config.distill.hint[h].teacher_layer));
    guidance.hints.push_back(
        make_hint(config.distill.hint[h], layout, layers[wanted[h]], cells[h], data.size(), guidance.parameters));
  }
  const Guide::Ask ask = guide.prepare(data, wanted);
  for_each_chunk(samples.train, threads, "teacher", progress, [&](std::span<const std::uint32_t> events) {
    const GuideAnswer answer = ask(events);
    for (std::size_t i = 0; i < events.size(); ++i) {
      for (std::size_t t = 0; t < samples.targets; ++t)
        guidance.output[events[i] * samples.targets + t] = answer.output[i * data.targets.size() + samples.columns[t]];
      for (std::size_t h = 0; h < wanted.size(); ++h) {
        const Shape& shape = layers[wanted[h]].shape;
        const std::size_t size = cells[h].size() * static_cast<std::size_t>(shape.channels);
        pool(&answer.maps[h][i * static_cast<std::size_t>(shape.size())], shape, cells[h],
             &guidance.hints[h].target[events[i] * size]);
      }
    }
  });
  for (Hint& hint : guidance.hints) normalise(hint, samples.train);
  return guidance;
}

}  // namespace lutra
