#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "base/random.h"
#include "event/dataset.h"

namespace lutra {

/// Fragments from a pocket version of the detector, for tests of training: a bent track of nine layers, noise, pooled
/// in pairs of strips to 9 x 16. A fifth of the events has no muon.
inline Dataset toy_fragments(std::size_t events, std::uint64_t seed) {
  constexpr std::array<double, 9> radius = {4.5, 4.5, 4.55, 6.8, 6.82, 7.5, 7.52, 9.8, 9.82};
  Dataset data;
  data.rows = 9;
  data.cols = 16;
  data.input_format = {2, 1, false};
  data.targets = {{"pt", "GeV", 0, 20, 0}, {"eta", "", 0.065, 0.065 + 32 * 0.00255, 0.00255}};
  data.inputs.resize(events * 144);
  Column muons{"muons", {}};
  for (std::size_t e = 0; e < events; ++e) {
    Random random(seed, RandomStream::muon, e);
    const bool muon = random.chance(0.8);
    const double pt = random.uniform(3, 20), sign = random.chance(0.5) ? 1 : -1;
    const double start = std::floor(random.uniform(0, 352));
    const double reach = sign * 64 * 2.65 / pt, track = 16 - std::clamp(reach / 2, -14.0, 14.0) + random.uniform(-3, 3);
    const auto fire = [&](int row, double strip) {
      if (strip < 0 || strip >= 32) return;
      std::int16_t& pixel = data.inputs[e * 144 + static_cast<std::size_t>(row * 16 + static_cast<int>(strip) / 2)];
      pixel = std::min<std::int16_t>(2, static_cast<std::int16_t>(pixel + 1));
    };
    for (int row = 0; row < 9; ++row) {
      const double r = radius[static_cast<std::size_t>(row)], lever = std::max(0.0, r - 4.7);
      const double strip = track + sign * 64 * lever * lever / (pt * r) + 0.3 * random.normal();
      if (!muon || !random.chance(0.95)) continue;
      fire(row, strip);
      if (random.chance(0.3)) fire(row, strip + 1);
    }
    for (int n = random.poisson(muon ? 1.5 : 4.5); n > 0; --n)
      fire(static_cast<int>(random.below(9)), random.uniform(0, 32));
    data.truth.push_back(muon ? static_cast<float>(pt) : 0.0f);
    data.truth.push_back(static_cast<float>(0.065 + 0.00255 * (start + track)));
    data.window_start.push_back(static_cast<std::int32_t>(start));
    data.split.push_back(e % 5 == 3 ? Split::validation : e % 5 == 4 ? Split::test : Split::train);
    muons.values.push_back(muon ? 1 : 0);
  }
  data.columns = {muons};
  return data;
}

}  // namespace lutra
