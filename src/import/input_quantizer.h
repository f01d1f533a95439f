#pragma once
#include <cstdint>
#include <vector>

#include "fixed/format.h"
#include "import/import_config.h"

namespace lutra {

/// What happened to the inputs on their way into the fixed-point format.
struct ClipReport {
  std::uint64_t values = 0;
  std::uint64_t below = 0, above = 0;  // clipped to the smallest and the largest value of the format
  std::uint64_t rounded = 0;           // changed by rounding, not clipped
  double largest_rounding = 0;         // after scaling, in physical input units
  double lo = 0, hi = 0;               // range after scaling, before clipping
  std::vector<std::uint64_t> clipped;  // [inputs] by element

  double clipped_fraction() const {
    return values ? static_cast<double>(below + above) / static_cast<double>(values) : 0;
  }
};

/// Scales raw inputs and rounds them to the declared format, counting what is lost.
class InputQuantizer {
 public:
  /// Error when input_scale or input_offset has neither 1 nor `inputs` entries.
  InputQuantizer(const ImportConfig& config, std::size_t inputs);

  /// The stored integer of a finite raw value of input `element`.
  std::int16_t operator()(double raw, std::size_t element);

  const ClipReport& report() const { return report_; }

 private:
  Quantizer quantizer_;
  std::vector<double> scale_, offset_;  // [inputs]
  double lo_, hi_;                      // values of the smallest and largest integer
  ClipReport report_;
};

}  // namespace lutra
