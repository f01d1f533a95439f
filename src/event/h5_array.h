#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/budget.h"
#include "base/error.h"
#include "event/h5.h"

namespace lutra::h5 {

/// What `read` gives; its Errors name the file.
template <class Read>
auto naming(const std::filesystem::path& path, const Read& read) {
  try {
    return read();
  } catch (const Error& e) {
    throw Error(path.string() + " cannot be read", e.what(), "");
  }
}

/// Shape of an array. Error when there is no such array in the file itself: links are not followed.
std::vector<hsize_t> shape(const Handle& file, const std::string& name);

/// True when the values of an array lie in other files.
bool is_elsewhere(const Handle& data);

/// An array of numbers in an open file. What its header asks for is checked before any value is read.
class Array {
 public:
  Array() = default;

  /// Error when the array is missing, a link or kept in another file, does not hold plain numbers, or is cut into
  /// chunks of which one row needs more than 256 MiB.
  Array(const Handle& file, const std::string& name);

  const std::string& name() const { return name_; }
  const std::vector<hsize_t>& shape() const { return shape_; }

  /// Error unless the array has this very shape. Its values, as T in memory, are spent.
  template <class T>
  void expect(const std::vector<hsize_t>& shape, Budget& bytes) const;

  /// Rows [begin, begin + count), converted to T, in row-major order. Error when the array is shorter or damaged.
  template <class T>
  std::vector<T> rows(hsize_t begin, hsize_t count) const;

 private:
  std::string name_;
  Handle data_;
  std::vector<hsize_t> shape_;
};

}  // namespace lutra::h5
