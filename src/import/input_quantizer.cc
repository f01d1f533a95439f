#include "import/input_quantizer.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace lutra {
namespace {

std::vector<double> one_per_input(const std::vector<double>& given, std::size_t inputs, const char* key) {
  if (given.size() == inputs) return given;
  if (given.size() == 1) return std::vector<double>(inputs, given[0]);
  throw Error(std::string("import: ") + key + " has " + std::to_string(given.size()) + " entries",
              "there are " + std::to_string(inputs) + " inputs", "Give one number, or one for every input");
}

}  // namespace

InputQuantizer::InputQuantizer(const ImportConfig& config, std::size_t inputs)
    : quantizer_{parse_format(config.input_format, "import: input_format"),
                 parse_rounding(config.rounding, "import: rounding"), Overflow::saturate},
      scale_(one_per_input(config.input_scale, inputs, "input_scale")),
      offset_(one_per_input(config.input_offset, inputs, "input_offset")),
      lo_(to_real(quantizer_.format.min(), quantizer_.format.frac)),
      hi_(to_real(quantizer_.format.max(), quantizer_.format.frac)) {
  report_.clipped.resize(inputs);
}

std::int16_t InputQuantizer::operator()(double raw, std::size_t element) {
  const double value = raw * scale_[element] + offset_[element];
  const std::int64_t integer = quantize_real(value, quantizer_);
  const double error = std::abs(value - to_real(integer, quantizer_.format.frac));
  report_.lo = report_.values == 0 ? value : std::min(report_.lo, value);
  report_.hi = report_.values == 0 ? value : std::max(report_.hi, value);
  ++report_.values;
  // Beyond the ends by less than one step is rounding, not clipping.
  const double step = std::ldexp(1.0, -quantizer_.format.frac);
  if (error >= step) {
    ++(value < lo_ ? report_.below : report_.above);
    ++report_.clipped[element];
  } else if (error > 0) {
    ++report_.rounded;
    report_.largest_rounding = std::max(report_.largest_rounding, error);
  }
  return static_cast<std::int16_t>(integer);
}

}  // namespace lutra
