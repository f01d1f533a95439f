#pragma once
#include "teacher/teacher.h"
#include "train/guide.h"

namespace lutra {

/// The float teacher as a guide.
class TeacherGuide : public Guide {
 public:
  explicit TeacherGuide(Teacher teacher) : teacher_(std::move(teacher)) {}
  void check_fits(const Dataset& data) const override;
  std::vector<GuideLayer> layers() const override;
  Ask prepare(const Dataset& data, std::span<const std::size_t> wanted) const override;
  std::string fingerprint() const override;

 private:
  Teacher teacher_;
};

}  // namespace lutra
