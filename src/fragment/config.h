#pragma once
#include <cstdint>

#include "base/config.h"
#include "event/event.h"

namespace lutra {

/// How an image becomes the small input of a network.
struct FragmentConfig {
  int window = 32;    // columns
  int stride = 1;     // columns between candidate windows
  int pool_rows = 1;  // average pooling
  int pool_cols = 2;
  double pt_hi_gev = 20;                   // pT that scales to 1
  bool charge = false;                     // a target besides pT and eta
  double train = 0.65, validation = 0.10;  // fractions of the events; the rest is for testing
  std::int64_t split_seed = 1;
};

void describe(Fields& f, FragmentConfig& c);

/// Error when the configuration does not fit the image: window wider than it, stride < 1, pooling that does not divide
/// the window or whose size is not a power of two (averages would not be exact), fractions beyond 1.
void check(const FragmentConfig& config, const ImageShape& shape);

}  // namespace lutra
