#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace lutra::onnx {

/// Largest number of elements of any tensor.
inline constexpr std::int64_t max_tensor_elements = std::int64_t{1} << 24;

/// A constant of an ONNX graph. Every element type becomes double, which is exact but for integers beyond 2^53.
struct Tensor {
  std::vector<std::int64_t> dims;  // each >= 0; empty: a scalar
  std::vector<double> values;      // row-major, one per element
  bool integer = false;            // written as INT64 rather than FLOAT

  std::int64_t size() const { return static_cast<std::int64_t>(values.size()); }
  friend bool operator==(const Tensor&, const Tensor&) = default;
};

Tensor scalar(double value);
Tensor vector_of(std::vector<double> values);

/// Product of the dimensions. Error when one is negative or the product exceeds max_tensor_elements.
std::int64_t element_count(const std::vector<std::int64_t>& dims);

/// "[1, 3, 16]"
std::string to_string(const std::vector<std::int64_t>& dims);

/// The shape of two tensors in an element-wise operation (ONNX broadcasting). Error when they do not fit.
std::vector<std::int64_t> broadcast_dims(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b);

/// `tensor` repeated to `dims`, which it must broadcast to.
Tensor broadcast(const Tensor& tensor, const std::vector<std::int64_t>& dims);

/// The axes of `tensor` in the order `order`: axis i of the result is axis order[i] of `tensor`.
Tensor transpose(const Tensor& tensor, const std::vector<std::int64_t>& order);

}  // namespace lutra::onnx
