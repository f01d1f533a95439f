#include "teacher/read_guide.h"

#include "teacher/teacher_guide.h"
#include "train/network_guide.h"

namespace lutra {

bool is_network(const std::filesystem::path& path) {
  const Json document = read_json(path);
  const bool has_header = document.is_object() && document.contains("lutra") && document["lutra"].is_object();
  return has_header && document["lutra"].value("kind", Json()) == network_kind.name;
}

std::unique_ptr<Guide> read_guide(const std::filesystem::path& path) {
  if (is_network(path)) return std::make_unique<NetworkGuide>(read_network(path).network);
  return std::make_unique<TeacherGuide>(read_teacher(path).teacher);
}

}  // namespace lutra
