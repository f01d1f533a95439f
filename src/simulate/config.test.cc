#include "simulate/config.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"
#include "simulate/simulate.h"

namespace lutra {
namespace {

std::string text_of(SimulationConfig config) {
  return config_template([&](Fields& f) { describe(f, config); });
}

struct Shipped {
  const char* file;
  SimulationConfig config;
};

/// The files in detectors/ say what is compiled in. After a change of the defaults, write them anew with
/// LUTRA_WRITE_DETECTORS=1 and look at the difference.
TEST(DetectorFiles, AreTheCompiledDetectors) {
  for (const Shipped& shipped : {Shipped{"atlas_barrel.toml", SimulationConfig()}, {"ospanov.toml", ospanov_toy()}}) {
    const auto path = std::filesystem::path(LUTRA_SOURCE_DIR) / "detectors" / shipped.file;
    if (std::getenv("LUTRA_WRITE_DETECTORS") != nullptr) write_text_atomically(path, text_of(shipped.config));
    EXPECT_EQ(text_of(read_detector(path)), text_of(shipped.config)) << shipped.file;
    EXPECT_EQ(read_text(path), text_of(shipped.config)) << shipped.file;
  }
}

TEST(DetectorFiles, AThirdDetectorNeedsNoCode) {
  const TemporaryFolder folder;
  write_text_atomically(folder / "two.toml",
                        "[detector]\nname = \"two\"\nstrips = 100\n"
                        "[[detector.stations]]\nname = \"A\"\nplane_radii_m = [5.0]\n"
                        "[[detector.stations]]\nname = \"B\"\nplane_radii_m = [8.0, 8.1]\n");
  const SimulationConfig config = read_detector(folder / "two.toml");
  EXPECT_EQ(config.detector.shape().layers, 3);
  EXPECT_EQ(config.detector.shape().strips, 100);
  EXPECT_EQ(config.detector.stations[1].name, "B");
  EXPECT_GT(simulate(config, 1, 0, 100).hits.size(), 0u);
}

TEST(DetectorFiles, MistakesAreErrors) {
  const TemporaryFolder folder;
  const auto fails = [&](const std::string& text) {
    write_text_atomically(folder / "bad.toml", text);
    EXPECT_THROW(read_detector(folder / "bad.toml"), Error) << text;
  };
  fails("[detector]\nstripes = 100\n");
  fails("[detector]\nstrips = \"many\"\n");
  fails("[detector]\nstrips = -1\n");
  fails("[noise]\ncavern_clusters = -3.0\n");
  fails("[field]\nouter_radius_m = 9.0\n");
  fails("[detector\n");
}

TEST(OspanovToy, HasSixPlanesAndBendsOnACircle) {
  SimulationConfig config = ospanov_toy();
  config.muon.none = 0;
  EXPECT_EQ(config.detector.layers(), 6);
  config.noise.electronic_strips = 0;
  config.muon.eta_lo = 0.3;
  config.muon.eta_hi = 0.8;
  config.muon.pt_lo_gev = 10;
  const EventBatch batch = simulate(config, 1, 0, 5000);
  EXPECT_NEAR(static_cast<double>(batch.hits.size()) / static_cast<double>(batch.size()), 6 * 0.95 * 1.25, 0.1);
}

/// Strips that shared a column could not be told apart in the image.
TEST(OspanovToy, EveryStripHasAColumnOfItsOwn) {
  const DetectorConfig detector = ospanov_toy().detector;
  const double strip_m = detector.strip_length_mm / 1000;
  for (const StationConfig& station : detector.stations)
    for (const double radius : station.plane_radii_m) {
      int last = -1;
      for (int strip = 0;; ++strip) {
        const double column = (std::asinh((strip + 0.5) * strip_m / radius) - detector.eta_first) / detector.eta_pitch;
        if (column >= detector.strips) break;
        if (column < 0) continue;
        ASSERT_GT(static_cast<int>(column), last) << radius << ' ' << strip;
        last = static_cast<int>(column);
      }
      EXPECT_GE(last, detector.strips - 3);
    }
}

}  // namespace
}  // namespace lutra
