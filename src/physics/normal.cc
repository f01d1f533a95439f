#include "physics/normal.h"

#include <cmath>
#include <numbers>

#include "base/contract.h"

namespace lutra {

double normal_quantile(double probability) {
  expects(0 < probability && probability < 1, "normal_quantile: a probability");
  double lo = -40;
  double hi = 40;
  for (int i = 0; i < 100; ++i) {
    const double middle = (lo + hi) / 2;
    (std::erfc(-middle / std::numbers::sqrt2) / 2 < probability ? lo : hi) = middle;
  }
  return (lo + hi) / 2;
}

}  // namespace lutra
