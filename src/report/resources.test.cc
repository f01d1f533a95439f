#include "report/resources.h"

#include <gtest/gtest.h>

#include "report/published.h"

namespace lutra {
namespace {

TEST(FitsDevice, EveryKnownResourceMustFit) {
  const auto at = [](const char* resource) { return device().at(resource).get<double>(); };
  EXPECT_EQ(fits_device({{"lut", at("lut")}, {"ff", at("ff")}, {"dsp", at("dsp")}, {"bram", at("bram")}}, "f"), true);
  for (const char* resource : {"lut", "ff", "dsp", "bram"})
    EXPECT_EQ(fits_device({{"latency_ns", 1}, {resource, at(resource) + 1}}, "f"), false) << resource;
  EXPECT_EQ(fits_device({{"latency_ns", 3}}, "f"), std::nullopt);
}

TEST(LatencyNs, IsGivenOrCyclesTimesClock) {
  EXPECT_EQ(latency_ns({{"latency_ns", 7}, {"latency_cycles", 2}, {"clock_ns", 2}}, "f"), 7);
  EXPECT_EQ(latency_ns({{"latency_cycles", 5}, {"clock_ns", 2.5}}, "f"), 12.5);
  EXPECT_EQ(latency_ns({{"latency_cycles", 5}}, "f"), std::nullopt);
  EXPECT_EQ(latency_ns({{"clock_ns", 5}}, "f"), std::nullopt);
}

TEST(ResourceCells, CarryShareCyclesAndFlow) {
  const double luts = device().at("lut").get<double>();
  const auto cells = resource_cells({{"lut", luts / 4},
                                     {"ff", 1},
                                     {"dsp", 0},
                                     {"latency_cycles", 12},
                                     {"clock_ns", 2},
                                     {"interval_cycles", 3},
                                     {"tool", "Yosys 0.23 (git)"}},
                                    "f");
  ASSERT_EQ(cells.size() + 1, resource_columns().size());
  EXPECT_EQ(cells[0].range, "25 %");
  EXPECT_EQ(cells[1].range, "< 0.01 %");
  EXPECT_EQ(cells[2].text, "0");
  EXPECT_EQ(cells[2].range, "");
  EXPECT_EQ(cells[3].text, "-");
  EXPECT_EQ(cells[4].text, "24");
  EXPECT_EQ(cells[4].range, "12 cycles");
  EXPECT_EQ(cells[6].text, "Yosys");
  EXPECT_EQ(cells[6].range, "");
}

TEST(ResourceCells, MarkEstimatesAndWhatDoesNotFit) {
  const double luts = device().at("lut").get<double>();
  const auto cells = resource_cells({{"lut", 20 * luts}, {"estimated", true}, {"flow", "cost model"}}, "f");
  EXPECT_EQ(cells[0].range, "20 devices");
  EXPECT_EQ(cells.back().text, "estimate");
  EXPECT_EQ(cells.back().range, "does not fit");
  EXPECT_EQ(resource_cells({{"lut", 1}, {"flow", "hls4ml, Vivado"}}, "f").back().text, "hls4ml");
  EXPECT_EQ(resource_cells({{"lut", 1}}, "f").back().text, "-");
}

}  // namespace
}  // namespace lutra
