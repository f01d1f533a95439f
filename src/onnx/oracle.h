#pragma once
#include <cmath>
#include <map>
#include <stdexcept>

#include "onnx/graph.h"

/// For tests only: the meaning of a graph as the ONNX and QONNX specifications state it, node by node on real tensors.
/// It shares no arithmetic with the importer. `Real` is double, or float to see what a float runtime would give.
namespace lutra::onnx::oracle {

template <class Real>
struct Array {
  std::vector<std::int64_t> dims;
  std::vector<Real> v;
  std::int64_t dim(std::size_t i) const { return i < dims.size() ? dims[i] : 1; }
};

template <class Real>
class Oracle {
 public:
  using A = Array<Real>;

  explicit Oracle(const Graph& graph) : graph_(graph) {
    for (const auto& [name, t] : graph.constants) values_[name] = {t.dims, {t.values.begin(), t.values.end()}};
  }

  /// Every tensor of the graph by name, for one input.
  const std::map<std::string, A>& run(const A& input) {
    values_[graph_.inputs[0].name] = input;
    for (const Node& n : graph_.nodes) values_[n.outputs[0]] = evaluate(n);
    return values_;
  }

 private:
  const A& in(const Node& n, std::size_t i) const { return values_.at(n.inputs.at(i)); }
  bool has(const Node& n, std::size_t i) const { return i < n.inputs.size() && !n.inputs[i].empty(); }

  A evaluate(const Node& n) {
    const std::string& t = n.type;
    if (t == "Quant") return quant(n);
    if (t == "BipolarQuant") return map2(in(n, 0), in(n, 1), [](Real x, Real s) { return x >= 0 ? s : -s; });
    if (t == "Add") return map2(in(n, 0), in(n, 1), [](Real x, Real y) { return x + y; });
    if (t == "Sub") return map2(in(n, 0), in(n, 1), [](Real x, Real y) { return x - y; });
    if (t == "Mul") return map2(in(n, 0), in(n, 1), [](Real x, Real y) { return x * y; });
    if (t == "Div") return map2(in(n, 0), in(n, 1), [](Real x, Real y) { return x / y; });
    if (t == "Pow") return map2(in(n, 0), in(n, 1), [](Real x, Real y) { return std::pow(x, y); });
    if (t == "Relu") return map1(in(n, 0), [](Real x) { return x > 0 ? x : Real{0}; });
    if (t == "Sign") return map1(in(n, 0), [](Real x) { return static_cast<Real>((x > 0) - (x < 0)); });
    if (t == "Sigmoid") return map1(in(n, 0), [](Real x) { return 1 / (1 + std::exp(-x)); });
    if (t == "Identity") return in(n, 0);
    if (t == "MatMul") return matmul(in(n, 0), in(n, 1), false);
    if (t == "Gemm") {
      const A product = matmul(in(n, 0), in(n, 1), integer_attribute(n, "transB", 0) != 0);
      return map2(product, in(n, 2), [](Real x, Real y) { return x + y; });
    }
    if (t == "Conv") return conv(n);
    if (t == "BatchNormalization") return normalise(n);
    if (t == "MaxPool" || t == "AveragePool") return pool(n, t == "MaxPool");
    if (t == "Flatten") return {{1, static_cast<std::int64_t>(in(n, 0).v.size())}, in(n, 0).v};
    if (t == "Concat") return concat(n);
    if (t == "Transpose") return transpose2(in(n, 0));
    if (t == "Reshape") return {{1, static_cast<std::int64_t>(in(n, 0).v.size())}, in(n, 0).v};
    if (t == "ArgMax") return argmax(in(n, 0));
    if (t == "Shape" || t == "Gather" || t == "Unsqueeze") return {{1}, {1}};  // feed only the Reshape above
    throw std::runtime_error("oracle: " + t);
  }

  template <class F>
  static A map1(A a, F f) {
    for (Real& x : a.v) x = f(x);
    return a;
  }

  /// Broadcasting with dimensions aligned at the end.
  template <class F>
  static A map2(const A& a, const A& b, F f) {
    const std::size_t rank = std::max(a.dims.size(), b.dims.size());
    A out;
    for (std::size_t i = 0; i < rank; ++i) out.dims.push_back(std::max(aligned(a, rank, i), aligned(b, rank, i)));
    std::int64_t size = 1;
    for (const auto d : out.dims) size *= d;
    for (std::int64_t i = 0; i < size; ++i) out.v.push_back(f(at(a, out.dims, i), at(b, out.dims, i)));
    return out;
  }
  static std::int64_t aligned(const A& a, std::size_t rank, std::size_t i) {
    return i + a.dims.size() < rank ? 1 : a.dims[i + a.dims.size() - rank];
  }
  static Real at(const A& a, const std::vector<std::int64_t>& dims, std::int64_t index) {
    std::int64_t from = 0, step = 1;
    for (std::size_t i = dims.size(); i-- > 0;) {
      const std::int64_t own = aligned(a, dims.size(), i);
      if (own > 1) from += index % dims[i] * step;
      step *= own;
      index /= dims[i];
    }
    return a.v[static_cast<std::size_t>(from)];
  }

  /// QONNX: y = clip(x / scale + zero, min, max), rounded; (y - zero) scale.
  A quant(const Node& n) {
    const Real bits = in(n, 3).v[0];
    const bool is_signed = integer_attribute(n, "signed", 1) != 0;
    const Real narrow = integer_attribute(n, "narrow", 0) != 0 ? 1 : 0;
    const Real low = is_signed ? -std::pow(Real{2}, bits - 1) + narrow : Real{0};
    const Real high = is_signed ? std::pow(Real{2}, bits - 1) - 1 : std::pow(Real{2}, bits) - 1 - narrow;
    const std::string mode = text_attribute(n, "rounding_mode", "ROUND");
    const auto round = [&](Real y) {
      if (mode == "FLOOR") return std::floor(y);
      if (mode == "CEIL") return std::ceil(y);
      if (mode == "DOWN") return std::trunc(y);
      return std::nearbyint(y);
    };
    const A scaled = map2(in(n, 0), in(n, 1), [](Real x, Real s) { return x / s; });
    const A codes =
        map2(scaled, in(n, 2), [&](Real y, Real z) { return round(std::min(std::max(y + z, low), high)) - z; });
    return map2(codes, in(n, 1), [](Real y, Real s) { return y * s; });
  }

  static A matmul(const A& x, const A& w, bool transposed) {
    const auto rows = static_cast<std::size_t>(transposed ? w.dims[1] : w.dims[0]);
    const auto cols = static_cast<std::size_t>(transposed ? w.dims[0] : w.dims[1]);
    A out{{1, static_cast<std::int64_t>(cols)}, std::vector<Real>(cols, 0)};
    for (std::size_t o = 0; o < cols; ++o)
      for (std::size_t i = 0; i < rows; ++i) out.v[o] += x.v[i] * (transposed ? w.v[o * rows + i] : w.v[i * cols + o]);
    return out;
  }

  A conv(const Node& n) {
    const A& x = in(n, 0);
    const A& w = in(n, 1);
    const auto p = integers_attribute(n, "pads", {0, 0, 0, 0});
    const auto s = integers_attribute(n, "strides", {1, 1});
    const std::int64_t groups = integer_attribute(n, "group", 1);
    A out{{1, w.dims[0], (x.dims[2] + p[0] + p[2] - w.dims[2]) / s[0] + 1,
           (x.dims[3] + p[1] + p[3] - w.dims[3]) / s[1] + 1},
          {}};
    for (std::int64_t o = 0; o < out.dims[1]; ++o)
      for (std::int64_t r = 0; r < out.dims[2]; ++r)
        for (std::int64_t c = 0; c < out.dims[3]; ++c) {
          Real sum = has(n, 2) ? in(n, 2).v[static_cast<std::size_t>(o)] : Real{0};
          for (std::int64_t i = 0; i < w.dims[1]; ++i)
            for (std::int64_t a = 0; a < w.dims[2]; ++a)
              for (std::int64_t b = 0; b < w.dims[3]; ++b) {
                const std::int64_t row = r * s[0] - p[0] + a, col = c * s[1] - p[1] + b;
                if (row < 0 || col < 0 || row >= x.dims[2] || col >= x.dims[3]) continue;
                const std::int64_t channel = o / (w.dims[0] / groups) * w.dims[1] + i;
                sum += w.v[static_cast<std::size_t>(((o * w.dims[1] + i) * w.dims[2] + a) * w.dims[3] + b)] *
                       x.v[static_cast<std::size_t>((channel * x.dims[2] + row) * x.dims[3] + col)];
              }
          out.v.push_back(sum);
        }
    return out;
  }

  A pool(const Node& n, bool largest) {
    const A& x = in(n, 0);
    const auto k = integers_attribute(n, "kernel_shape", {});
    const auto s = integers_attribute(n, "strides", {1, 1});
    A out{{1, x.dims[1], (x.dims[2] - k[0]) / s[0] + 1, (x.dims[3] - k[1]) / s[1] + 1}, {}};
    for (std::int64_t o = 0; o < out.dims[1]; ++o)
      for (std::int64_t r = 0; r < out.dims[2]; ++r)
        for (std::int64_t c = 0; c < out.dims[3]; ++c) {
          Real sum = 0, most = -HUGE_VALF;
          for (std::int64_t a = 0; a < k[0]; ++a)
            for (std::int64_t b = 0; b < k[1]; ++b) {
              const Real v = x.v[static_cast<std::size_t>((o * x.dims[2] + r * s[0] + a) * x.dims[3] + c * s[1] + b)];
              sum += v;
              most = std::max(most, v);
            }
          out.v.push_back(largest ? most : sum / static_cast<Real>(k[0] * k[1]));
        }
    return out;
  }

  A normalise(const Node& n) {
    A out = in(n, 0);
    const Real epsilon = static_cast<Real>(real_attribute(n, "epsilon", 1e-5));
    const std::size_t cells = out.v.size() / static_cast<std::size_t>(out.dims[1]);
    for (std::size_t i = 0; i < out.v.size(); ++i) {
      const auto p = [&](std::size_t k) { return in(n, k).v[i / cells]; };
      out.v[i] = (out.v[i] - p(3)) / std::sqrt(p(4) + epsilon) * p(1) + p(2);
    }
    return out;
  }

  A concat(const Node& n) {
    A out = in(n, 0);
    for (std::size_t i = 1; i < n.inputs.size(); ++i) {
      out.v.insert(out.v.end(), in(n, i).v.begin(), in(n, i).v.end());
      if (out.dims.size() > 1) out.dims[1] += in(n, i).dims[1];
    }
    return out;
  }

  static A transpose2(const A& x) {
    A out{{x.dims[1], x.dims[0]}, {}};
    for (std::int64_t c = 0; c < x.dims[1]; ++c)
      for (std::int64_t r = 0; r < x.dims[0]; ++r) out.v.push_back(x.v[static_cast<std::size_t>(r * x.dims[1] + c)]);
    return out;
  }

  static A argmax(const A& x) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < x.v.size(); ++i)
      if (x.v[i] > x.v[best]) best = i;
    return {{1, 1}, {static_cast<Real>(best)}};
  }

  const Graph& graph_;
  std::map<std::string, A> values_;
};

}  // namespace lutra::onnx::oracle
