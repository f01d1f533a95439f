#include "onnx/tensor.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace lutra::onnx {
namespace {

/// Copies `tensor` to a tensor of `dims`, walking it with the given step per axis.
Tensor gather(const Tensor& tensor, const std::vector<std::int64_t>& dims, const std::vector<std::int64_t>& steps) {
  Tensor out{dims, {}, tensor.integer};
  out.values.resize(static_cast<std::size_t>(element_count(dims)));
  std::vector<std::int64_t> index(dims.size(), 0);
  std::int64_t from = 0;
  for (double& value : out.values) {
    value = tensor.values[static_cast<std::size_t>(from)];
    for (std::size_t axis = dims.size(); axis-- > 0;) {
      from += steps[axis];
      if (++index[axis] < dims[axis]) break;
      from -= steps[axis] * dims[axis];
      index[axis] = 0;
    }
  }
  return out;
}

std::vector<std::int64_t> steps_of(const std::vector<std::int64_t>& dims) {
  std::vector<std::int64_t> steps(dims.size(), 1);
  for (std::size_t axis = dims.size(); axis-- > 1;) steps[axis - 1] = steps[axis] * dims[axis];
  return steps;
}

}  // namespace

Tensor scalar(double value) { return {{}, {value}, false}; }

Tensor vector_of(std::vector<double> values) {
  const auto size = static_cast<std::int64_t>(values.size());
  return {{size}, std::move(values), false};
}

std::int64_t element_count(const std::vector<std::int64_t>& dims) {
  std::int64_t count = 1;
  for (const std::int64_t d : dims) {
    if (d < 0) throw Error("a tensor has a negative dimension", to_string(dims), "");
    if (d > max_tensor_elements) throw Error("a tensor is too large", to_string(dims), "");
  }
  for (const std::int64_t d : dims) {
    if (d == 0) return 0;
    if (count > max_tensor_elements / d) throw Error("a tensor is too large", to_string(dims), "");
    count *= d;
  }
  return count;
}

std::string to_string(const std::vector<std::int64_t>& dims) {
  constexpr std::size_t shown = 8;
  std::string text = fmt::format("[{}", fmt::join(dims.begin(), dims.begin() + std::min(dims.size(), shown), ", "));
  return text + (dims.size() > shown ? ", ...]" : "]");
}

std::vector<std::int64_t> broadcast_dims(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  std::vector<std::int64_t> dims(std::max(a.size(), b.size()), 1);
  for (std::size_t i = 1; i <= dims.size(); ++i) {
    const std::int64_t x = i <= a.size() ? a[a.size() - i] : 1;
    const std::int64_t y = i <= b.size() ? b[b.size() - i] : 1;
    if (x != y && x != 1 && y != 1)
      throw Error("shapes " + to_string(a) + " and " + to_string(b) + " do not fit", "", "");
    dims[dims.size() - i] = x == 1 ? y : x;
  }
  return dims;
}

Tensor broadcast(const Tensor& tensor, const std::vector<std::int64_t>& dims) {
  if (tensor.dims == dims) return tensor;
  if (broadcast_dims(tensor.dims, dims) != dims)
    throw Error("shape " + to_string(tensor.dims) + " does not fit " + to_string(dims), "", "");
  const auto own = steps_of(tensor.dims);
  std::vector<std::int64_t> steps(dims.size(), 0);
  for (std::size_t i = 1; i <= tensor.dims.size(); ++i)
    if (tensor.dims[tensor.dims.size() - i] != 1) steps[dims.size() - i] = own[own.size() - i];
  return gather(tensor, dims, steps);
}

Tensor transpose(const Tensor& tensor, const std::vector<std::int64_t>& order) {
  const auto rank = static_cast<std::int64_t>(tensor.dims.size());
  auto sorted = order;
  std::sort(sorted.begin(), sorted.end());
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(sorted.size()); ++i)
    if (sorted[static_cast<std::size_t>(i)] != i)
      throw Error("perm " + to_string(order) + " is not a permutation", "", "");
  if (static_cast<std::int64_t>(order.size()) != rank)
    throw Error("perm " + to_string(order) + " does not fit shape " + to_string(tensor.dims), "", "");
  const auto own = steps_of(tensor.dims);
  std::vector<std::int64_t> dims, steps;
  for (const std::int64_t axis : order) {
    dims.push_back(tensor.dims[static_cast<std::size_t>(axis)]);
    steps.push_back(own[static_cast<std::size_t>(axis)]);
  }
  return gather(tensor, dims, steps);
}

}  // namespace lutra::onnx
