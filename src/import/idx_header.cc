#include <array>

#include "base/error.h"
#include "import/array_layout.h"

namespace lutra {
namespace {

struct IdxType {
  int code;
  NumberType type;
};

using Kind = NumberType::Kind;
constexpr IdxType idx_types[] = {
    {0x08, {Kind::unsigned_integer, 1, false}},
    {0x09, {Kind::signed_integer, 1, false}},
    {0x0b, {Kind::signed_integer, 2, true}},
    {0x0c, {Kind::signed_integer, 4, true}},
    {0x0d, {Kind::real, 4, true}},
    {0x0e, {Kind::real, 8, true}},
};

}  // namespace

ArrayLayout read_idx_header(ByteStream& stream, const std::string& where) {
  std::array<char, 4> magic{};
  read_exactly(stream, magic, where);
  ArrayLayout layout;
  bool known = false;
  for (const IdxType& row : idx_types) {
    if (row.code != magic[2]) continue;
    layout.type = row.type;
    known = true;
  }
  if (magic[0] != 0 || magic[1] != 0 || !known)
    throw Error(where + " is not an idx file", "its first bytes are not 0, 0, a type and a number of dimensions", "");
  if (magic[3] < 1 || magic[3] > 8)
    throw Error(where + " is not an idx file", std::to_string(magic[3]) + " dimensions, 1 to 8 are possible", "");
  for (int i = 0; i < magic[3]; ++i) {
    std::array<char, 4> size{};
    read_exactly(stream, size, where);
    std::array<double, 1> value{};
    decode(size, {Kind::unsigned_integer, 4, true}, value);
    layout.shape.push_back(static_cast<std::uint64_t>(value[0]));
  }
  check_shape(layout.shape, where);
  return layout;
}

}  // namespace lutra
