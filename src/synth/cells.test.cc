#include "synth/cells.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

Json stat_of(const Json& cells) { return {{"modules", {{"\\top", {{"num_cells_by_type", cells}}}}}}; }

TEST(Cells, EveryKindIsCounted) {
  const CellCounts counts = count_cells(stat_of({{"LUT1", 1},
                                                 {"LUT2", 20},
                                                 {"LUT6", 300},
                                                 {"LUT6_2", 30},
                                                 {"INV", 4},
                                                 {"FDRE", 5},
                                                 {"FDSE", 6},
                                                 {"CARRY4", 7},
                                                 {"CARRY8", 2},
                                                 {"MUXF7", 8},
                                                 {"MUXF8", 9},
                                                 {"SRL16E", 10},
                                                 {"SRLC32E", 11},
                                                 {"DSP48E2", 12},
                                                 {"RAMB18E2", 13},
                                                 {"RAMB36E2", 14},
                                                 {"RAM32M16", 15},
                                                 {"BUFG", 16},
                                                 {"LDCE", 17}}),
                                        "top");
  EXPECT_EQ(counts.lut(), 351);
  EXPECT_EQ(counts.lut_by_size[6], 330);
  EXPECT_EQ(counts.inverters, 4);
  EXPECT_EQ(counts.ff, 11);
  EXPECT_EQ(counts.carry, 7 + 2 * 2);
  EXPECT_EQ(counts.muxf, 17);
  EXPECT_EQ(counts.srl, 21);
  EXPECT_EQ(counts.dsp, 12);
  EXPECT_EQ(counts.bram18, 13 + 2 * 14);
  EXPECT_EQ(counts.lutram, 15);
  EXPECT_EQ(counts.latches, 17);
}

TEST(Cells, ModuleMayBeEmpty) { EXPECT_EQ(count_cells(stat_of(Json::object()), "top").lut(), 0); }

TEST(Cells, UnmappedCellsAreRefused) {
  EXPECT_THROW(count_cells(stat_of({{"$mul", 1}}), "top"), Error);
  EXPECT_THROW(count_cells(stat_of({{"LUT7", 1}}), "top"), Error);
  EXPECT_THROW(count_cells(stat_of({{"submodule", 1}}), "top"), Error);
}

TEST(Cells, ForeignStatisticsAreRefused) {
  EXPECT_THROW(count_cells(stat_of({{"LUT2", 1}}), "other"), Error);
  EXPECT_THROW(count_cells(Json::object(), "top"), Error);
  EXPECT_THROW(count_cells(stat_of({{"LUT2", "many"}}), "top"), Error);
}

}  // namespace
}  // namespace lutra
