#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "import/table.h"

namespace lutra {

/// The classes of a data set. When all names are integers ("0,1,2", "1,2,3"), a class in the data is one of these
/// integers; otherwise it is a name (CSV) or an index from 0.
class ClassTable {
 public:
  /// Names separated by commas. Error on fewer than 2, more than 1024, empty or equal names.
  explicit ClassTable(const std::string& names);

  const std::vector<std::string>& names() const { return names_; }

  /// Texts that stand for a class in a CSV column.
  const Vocabulary& vocabulary() const { return vocabulary_; }

  /// Names the place of a value, for errors.
  using Place = std::function<std::string()>;

  /// Index of the class that `value` means. Error starting with the place when it is none.
  std::size_t index_of(double value, const Place& place) const;

  /// The same for one number per class: one of them 1, the others 0.
  std::size_t index_of_one_hot(std::span<const double> values, const Place& place) const;

 private:
  std::vector<std::string> names_;
  std::vector<double> integers_;  // value of each name when all are integers
  Vocabulary vocabulary_;
};

}  // namespace lutra
