#pragma once
#include <map>
#include <optional>
#include <set>

#include "verify/linear_form.h"

namespace lutra {

/// Maxima and their positions in a program.
class LargestFinder {
 public:
  explicit LargestFinder(const ProgramForms& forms);

  /// The value that is the largest of the forms.
  std::optional<LinearForm> find_max(const std::vector<LinearForm>& forms) const;

  /// The value that is the position of the first largest form.
  std::optional<LinearForm> find_position(const std::vector<LinearForm>& forms) const;

 private:
  using Set = std::vector<LinearForm>;

  Interval lead(const LinearForm& x, const LinearForm& y) const;
  Set leaves(int id) const;
  Set without_dominated(Set forms) const;
  Set subset(const std::vector<LinearForm>& forms, const std::set<int>& positions) const;
  std::optional<std::set<int>> covered(int id, const std::vector<LinearForm>& forms) const;
  bool covers_all(const std::set<int>& positions, const std::vector<LinearForm>& forms) const;

  const ProgramForms& forms_;
  std::map<Set, int> maxima_;
};

}  // namespace lutra
