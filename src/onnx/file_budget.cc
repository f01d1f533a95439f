#include "onnx/file_budget.h"

#include <array>
#include <span>

#include "base/budget.h"

namespace lutra::onnx {
namespace {

constexpr std::uint64_t max_parts = std::uint64_t{1} << 20;
constexpr std::uint64_t max_numbers = std::uint64_t{1} << 25;

struct Message;

/// A field of a message (onnx.proto): a message, a text, or packed numbers of at least a byte each.
struct Field {
  std::uint64_t number;
  const Message* message = nullptr;
  bool numbers = false;
};

struct Message {
  std::span<const Field> fields;
};

extern const Message graph;

constexpr std::array entry_fields = {Field{1}, Field{2}};
constexpr Message entry{entry_fields};
constexpr std::array tensor_fields = {
    Field{1, nullptr, true}, Field{5, nullptr, true}, Field{7, nullptr, true}, Field{11, nullptr, true}, Field{8},
    Field{13, &entry}};
constexpr Message tensor{tensor_fields};
const std::array attribute_fields = {Field{1}, Field{5, &tensor}, Field{6, &graph}, Field{8, nullptr, true}};
const Message attribute{attribute_fields};
const std::array node_fields = {Field{1}, Field{2}, Field{3}, Field{4}, Field{7}, Field{5, &attribute}};
const Message node{node_fields};
constexpr std::array dimension_fields = {Field{2}};
constexpr Message dimension{dimension_fields};
constexpr std::array shape_fields = {Field{1, &dimension}};
constexpr Message shape{shape_fields};
constexpr std::array tensor_type_fields = {Field{2, &shape}};
constexpr Message tensor_type{tensor_type_fields};
constexpr std::array type_fields = {Field{1, &tensor_type}};
constexpr Message type{type_fields};
constexpr std::array value_fields = {Field{1}, Field{2, &type}};
constexpr Message value{value_fields};
const std::array graph_fields = {Field{1, &node}, Field{5, &tensor}, Field{11, &value}, Field{12, &value}};
const Message graph{graph_fields};
constexpr Message operator_set{entry_fields};
const std::array model_fields = {Field{7, &graph}, Field{8, &operator_set}};
const Message model{model_fields};

/// Protocol buffers: each field is a key (number x 8 + wire type) and its value.
class Walk {
 public:
  /// False when the bytes are no message, which the parser reports.
  bool message(std::string_view bytes, const Message& kind, int depth = 0) {
    constexpr int max_depth = 16;
    if (depth > max_depth) return false;
    parts_.spend(1);
    while (!bytes.empty()) {
      std::uint64_t key = 0;
      if (!varint(bytes, key) || !field_value(bytes, key, kind, depth)) return false;
    }
    return true;
  }

 private:
  static bool varint(std::string_view& bytes, std::uint64_t& number) {
    number = 0;
    for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes[0]);
      bytes.remove_prefix(1);
      number |= std::uint64_t{byte & 127u} << shift;
      if (byte < 128) return true;
    }
    return false;
  }

  bool field_value(std::string_view& bytes, std::uint64_t key, const Message& kind, int depth) {
    std::uint64_t number = 0;
    switch (key & 7) {
      case 0:
        numbers_.spend(1);
        return varint(bytes, number);
      case 1:
        return skip(bytes, 8);
      case 5:
        return skip(bytes, 4);
      case 2:
        return varint(bytes, number) && number <= bytes.size() && inside(bytes, number, key >> 3, kind, depth);
      default:
        return false;  // groups, which ONNX does not use
    }
  }

  static bool skip(std::string_view& bytes, std::size_t count) {
    if (bytes.size() < count) return false;
    bytes.remove_prefix(count);
    return true;
  }

  bool inside(std::string_view& bytes, std::uint64_t length, std::uint64_t number, const Message& kind, int depth) {
    const std::string_view content = bytes.substr(0, length);
    bytes.remove_prefix(length);
    for (const Field& field : kind.fields) {
      if (field.number != number) continue;
      if (field.message) return message(content, *field.message, depth + 1);
      if (field.numbers)
        numbers_.spend(length);
      else
        parts_.spend(1);
    }
    return true;
  }

  Budget parts_{"nodes, attributes, tensors and names", max_parts};
  Budget numbers_{"numbers in lists", max_numbers};
};

}  // namespace

void check_file_budget(std::string_view bytes) { Walk().message(bytes, model); }

}  // namespace lutra::onnx
