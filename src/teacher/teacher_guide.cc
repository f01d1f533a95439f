#include "teacher/teacher_guide.h"

#include "teacher/teacher_graph.h"
#include "teacher/teacher_inputs.h"
#include "train/float_json.h"

namespace lutra {

void TeacherGuide::check_fits(const Dataset& data) const { lutra::check_fits(teacher_, data); }

std::vector<GuideLayer> TeacherGuide::layers() const {
  std::vector<GuideLayer> layers;
  for (const TeacherLayer& layer : teacher_layers(teacher_.shape()))
    layers.push_back({.name = layer.name,
                      .shape = {layer.channels, layer.rows, layer.cols},
                      .first_row = layer.first_row,
                      .first_col = layer.first_col,
                      .row_step = layer.row_step,
                      .col_step = layer.col_step});
  layers.pop_back();  // the output
  return layers;
}

Guide::Ask TeacherGuide::prepare(const Dataset& data, std::span<const std::size_t> wanted) const {
  const std::vector<int> indices(wanted.begin(), wanted.end());
  return [this, &data, indices](std::span<const std::uint32_t> events) {
    std::vector<std::vector<float>> maps;
    GuideAnswer answer;
    answer.output =
        run_teacher(teacher_.shape(), Device::cpu, teacher_.parameters, real_inputs(data, events), indices, &maps);
    for (const int k : indices) answer.maps.push_back(maps[static_cast<std::size_t>(k)]);
    return answer;
  };
}

std::string TeacherGuide::fingerprint() const { return floats_to_json(teacher_.parameters).dump(); }

}  // namespace lutra
