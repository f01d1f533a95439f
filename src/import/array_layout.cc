#include "import/array_layout.h"

#include "base/error.h"

namespace lutra {

std::uint64_t ArrayLayout::width() const {
  std::uint64_t width = 1;
  for (std::size_t i = 1; i < shape.size(); ++i) width *= shape[i];
  return width;
}

void check_shape(const std::vector<std::uint64_t>& shape, const std::string& where) {
  const auto fail = [&](const std::string& why) {
    throw Error(where + " has an impossible shape " + shape_text(shape), why,
                "Events must run along the first dimension");
  };
  if (shape.empty()) fail("it is a single number");
  if (shape.size() > 8) fail("more than 8 dimensions");
  if (shape[0] == 0) throw Error(where + " is empty", "0 rows", "Write the file again");
  if (shape[0] > max_rows) fail("more than 2^32 rows");
  std::uint64_t width = 1;
  for (std::size_t i = 1; i < shape.size(); ++i) {
    if (shape[i] == 0) fail("a dimension is 0");
    if (shape[i] > max_row_width / width) fail("more than 2^22 numbers in a row");
    width *= shape[i];
  }
}

std::string shape_text(const std::vector<std::uint64_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

}  // namespace lutra
