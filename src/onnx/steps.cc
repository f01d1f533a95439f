#include "onnx/steps.h"

#include <algorithm>
#include <cmath>

#include "base/contract.h"

namespace lutra::onnx {

double apply(const Step& step, std::size_t channel, double x) {
  const double a = step.a.empty() ? 0 : step.a[channel];
  const double b = step.b.empty() ? 0 : step.b[channel];
  switch (step.kind) {
    case Step::Kind::add:
      return x + a;
    case Step::Kind::multiply:
      return x * a;
    case Step::Kind::divide:
      return x / a;
    case Step::Kind::relu:
      return std::max(x, 0.0);
    case Step::Kind::clip:
      return std::min(std::max(x, a), b);
    case Step::Kind::leaky_relu:
      return x < 0 ? x * a : x;
    case Step::Kind::sigmoid:
      return 1 / (1 + std::exp(-x));
    case Step::Kind::tanh:
      return std::tanh(x);
    case Step::Kind::sign:
      return x > 0 ? 1 : x < 0 ? -1 : 0;
    case Step::Kind::quant:
      return quant_code(x, a, b, step.rule);
  }
  contract_broken("known step", std::source_location::current());
}

double apply(const std::vector<Step>& steps, std::size_t channel, double x) {
  for (const Step& step : steps) x = apply(step, channel, x);
  return x;
}

int direction(const std::vector<Step>& steps, std::size_t channel) {
  int sign = 1;
  for (const Step& step : steps) {
    const double a = step.a.empty() ? 0 : step.a[channel];
    const bool scales = step.kind == Step::Kind::multiply || step.kind == Step::Kind::divide;
    if (scales && a < 0) sign = -sign;
    // Library functions need not be monotone to the last bit; a leaky ReLU may even turn.
    if (step.kind == Step::Kind::sigmoid || step.kind == Step::Kind::tanh) return 0;
    if (step.kind == Step::Kind::leaky_relu && a < 0) return 0;
  }
  return sign;
}

}  // namespace lutra::onnx
