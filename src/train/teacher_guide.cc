#include "train/teacher_guide.h"

#include "train/float_json.h"
#include "train/teacher_graph.h"
#include "train/teacher_inputs.h"

namespace lutra {

void TeacherGuide::check_fits(const Dataset& data) const { lutra::check_fits(teacher_, data); }

std::vector<GuideLayer> TeacherGuide::layers() const {
  std::vector<GuideLayer> layers;
  for (const TeacherLayer& layer :
       teacher_layers(teacher_.rows, teacher_.cols, static_cast<int>(teacher_.targets.size())))
    layers.push_back({.name = layer.name,
                      .shape = {layer.channels, layer.rows, layer.cols},
                      .first_col = (layer.col_stride - 1) / 2.0,
                      .col_step = static_cast<double>(layer.col_stride)});
  layers.pop_back();  // the output
  return layers;
}

Guide::Ask TeacherGuide::prepare(const Dataset& data, std::span<const std::size_t> wanted) const {
  const std::vector<int> indices(wanted.begin(), wanted.end());
  return [this, &data, indices](std::span<const std::uint32_t> events) {
    std::vector<std::vector<float>> maps;
    GuideAnswer answer;
    answer.output = run_teacher(teacher_shape(data), teacher_.parameters, real_inputs(data, events), indices, &maps);
    for (const int k : indices) answer.maps.push_back(maps[static_cast<std::size_t>(k)]);
    return answer;
  };
}

std::string TeacherGuide::fingerprint() const { return floats_to_json(teacher_.parameters).dump(); }

}  // namespace lutra
