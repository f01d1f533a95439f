#include "onnx/tensor_file.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <functional>

#include "base/error.h"

namespace lutra::onnx {
namespace {

/// TensorProto.DataType of the ONNX specification.
enum DataType {
  float32 = 1,
  uint8,
  int8,
  uint16,
  int16,
  int32,
  int64,
  text,
  boolean,
  float16,
  float64,
  uint32,
  uint64,
  bfloat16 = 16
};

template <class T>
T load(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

template <class T>
double load_number(const char* bytes) {
  return static_cast<double>(load<T>(bytes));
}

/// IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction.
double half_to_real(std::uint16_t bits) {
  const int exponent = (bits >> 10) & 31;
  const int fraction = bits & 1023;
  double magnitude = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25);
  if (exponent == 31) magnitude = fraction == 0 ? HUGE_VAL : NAN;
  return (bits >> 15) != 0 ? -magnitude : magnitude;
}

double bfloat_to_real(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

/// How one element type is stored: its size in raw data and what its bytes mean.
struct ElementType {
  std::size_t bytes;
  bool integer;
  double (*number)(const char*);
};

ElementType element_type(int type) {
  switch (type) {
    case float32:
      return {4, false, load_number<float>};
    case float64:
      return {8, false, load_number<double>};
    case float16:
      return {2, false, [](const char* b) { return half_to_real(load<std::uint16_t>(b)); }};
    case bfloat16:
      return {2, false, [](const char* b) { return bfloat_to_real(load<std::uint16_t>(b)); }};
    case boolean:
    case uint8:
      return {1, true, load_number<std::uint8_t>};
    case int8:
      return {1, true, load_number<std::int8_t>};
    case uint16:
      return {2, true, load_number<std::uint16_t>};
    case int16:
      return {2, true, load_number<std::int16_t>};
    case uint32:
      return {4, true, load_number<std::uint32_t>};
    case int32:
      return {4, true, load_number<std::int32_t>};
    case uint64:
      return {8, true, load_number<std::uint64_t>};
    case int64:
      return {8, true, load_number<std::int64_t>};
    default:
      throw Error("a tensor has element type " + std::to_string(type), "only numbers of up to 64 bits are read", "");
  }
}

template <class List>
void append(const List& list, std::vector<double>& values) {
  for (const auto value : list) values.push_back(static_cast<double>(value));
}

std::size_t typed_size(const onnx_file::Tensor& file) {
  return static_cast<std::size_t>(file.float_data_size()) + static_cast<std::size_t>(file.double_data_size()) +
         static_cast<std::size_t>(file.int64_data_size()) + static_cast<std::size_t>(file.uint64_data_size()) +
         static_cast<std::size_t>(file.int32_data_size());
}

/// Typed data: each field serves several element types. 16-bit floats are kept as their bits.
std::vector<double> typed_values(const onnx_file::Tensor& file) {
  std::vector<double> values;
  values.reserve(typed_size(file));
  append(file.float_data(), values);
  append(file.double_data(), values);
  append(file.int64_data(), values);
  append(file.uint64_data(), values);
  for (const std::int32_t v : file.int32_data()) {
    if (file.data_type() == float16)
      values.push_back(half_to_real(static_cast<std::uint16_t>(v)));
    else if (file.data_type() == bfloat16)
      values.push_back(bfloat_to_real(static_cast<std::uint16_t>(v)));
    else
      values.push_back(v);
  }
  return values;
}

}  // namespace

Tensor read_tensor(const onnx_file::Tensor& file) {
  static_assert(std::endian::native == std::endian::little, "raw data are little endian");
  if (file.data_location() != 0 || file.external_data_size() > 0)
    throw Error("a tensor's data lie in another file", "", "Save the model with its data inside");
  const ElementType type = element_type(file.data_type());
  Tensor tensor{{file.dims().begin(), file.dims().end()}, {}, type.integer};
  const auto count = static_cast<std::size_t>(element_count(tensor.dims));
  const auto wrong_length = [&](std::size_t got) {
    throw Error("a tensor of shape " + to_string(tensor.dims) + " holds " + std::to_string(got) + " elements",
                "the file may be truncated", "Export the model again");
  };
  if (file.has_raw_data()) {
    const std::string& raw = file.raw_data();
    if (raw.size() != count * type.bytes) wrong_length(raw.size() / type.bytes);
    tensor.values.reserve(count);
    for (std::size_t i = 0; i < count; ++i) tensor.values.push_back(type.number(raw.data() + i * type.bytes));
  } else {
    if (typed_size(file) != count) wrong_length(typed_size(file));
    tensor.values = typed_values(file);
  }
  return tensor;
}

void write_tensor(const Tensor& tensor, const std::string& name, onnx_file::Tensor* file) {
  file->set_name(name);
  file->set_data_type(tensor.integer ? int64 : float32);
  for (const std::int64_t d : tensor.dims) file->add_dims(d);
  std::string raw;
  for (const double value : tensor.values) {
    const auto add = [&raw](auto element) { raw.append(reinterpret_cast<const char*>(&element), sizeof element); };
    if (tensor.integer)
      add(static_cast<std::int64_t>(value));
    else
      add(static_cast<float>(value));
  }
  file->set_raw_data(raw);
}

}  // namespace lutra::onnx
