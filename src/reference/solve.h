#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

namespace lutra {

/// Normal equations of a small least-squares problem.
template <std::size_t N>
struct LeastSquares {
  std::array<std::array<double, N>, N> matrix{};
  std::array<double, N> vector{};

  /// Adds weight x (row . x - value)^2.
  void add(const std::array<double, N>& row, double value, double weight) {
    for (std::size_t i = 0; i < N; ++i) {
      for (std::size_t j = 0; j < N; ++j) matrix[i][j] += weight * row[i] * row[j];
      vector[i] += weight * row[i] * value;
    }
  }

  /// The x of the smallest sum, by elimination with pivoting; nullopt when the data do not fix it.
  std::optional<std::array<double, N>> solve() const {
    auto a = matrix;
    auto b = vector;
    for (std::size_t k = 0; k < N; ++k) {
      std::size_t pivot = k;
      for (std::size_t i = k + 1; i < N; ++i)
        if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
      if (std::abs(a[pivot][k]) < 1e-300) return std::nullopt;
      std::swap(a[k], a[pivot]);
      std::swap(b[k], b[pivot]);
      for (std::size_t i = k + 1; i < N; ++i) {
        const double factor = a[i][k] / a[k][k];
        for (std::size_t j = k; j < N; ++j) a[i][j] -= factor * a[k][j];
        b[i] -= factor * b[k];
      }
    }
    for (std::size_t k = N; k-- > 0;) {
      for (std::size_t j = k + 1; j < N; ++j) b[k] -= a[k][j] * b[j];
      b[k] /= a[k][k];
    }
    return b;
  }
};

}  // namespace lutra
