#include "base/random.h"

#include <cmath>
#include <numbers>

#include "base/contract.h"

namespace lutra {

double Random::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  const double radius = std::sqrt(-2 * std::log(uniform()));
  const double angle = 2 * std::numbers::pi * uniform();
  spare_ = radius * std::sin(angle);
  has_spare_ = true;
  return radius * std::cos(angle);
}

int Random::poisson(double mean) {
  expects(mean >= 0 && mean <= 500, "0 <= mean <= 500");
  const double limit = std::exp(-mean);
  double product = uniform();
  int count = 0;
  while (product > limit) {
    product *= uniform();
    ++count;
  }
  return count;
}

}  // namespace lutra
