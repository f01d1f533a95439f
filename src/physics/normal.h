#pragma once

namespace lutra {

/// The z below which a standard normal number lies with `probability`, 0 < probability < 1.
double normal_quantile(double probability);

}  // namespace lutra
