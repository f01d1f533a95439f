#include "synth/vendor_report.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"

// The reports below are written by hand in the layout of the tools; no vendor tool was run.
namespace lutra {
namespace {

constexpr const char* vivado_2020 = R"(Copyright 1986-2020 Xilinx, Inc. All Rights Reserved.
-----------------------------------------------------------------------------------
| Tool Version : Vivado v.2020.2 (lin64) Build 3064766 Wed Nov 18 09:12:47 MST 2020
| Command      : report_utilization -file vivado/post_synth_utilization.rpt
| Design       : toy
| Device       : xcvu13pflga2577-2
| Design State : Synthesized
-----------------------------------------------------------------------------------

1. CLB Logic
------------

+----------------------------+------+-------+-----------+-------+
|          Site Type         | Used | Fixed | Available | Util% |
+----------------------------+------+-------+-----------+-------+
| CLB LUTs*                  | 1234 |     0 |   1728000 |  0.07 |
|   LUT as Logic             | 1230 |     0 |   1728000 |  0.07 |
|   LUT as Memory            |    4 |     0 |    791040 | <0.01 |
| CLB Registers              | 2345 |     0 |   3456000 |  0.07 |
|   Register as Flip Flop    | 2345 |     0 |   3456000 |  0.07 |
| CARRY8                     |  167 |     0 |    216000 |  0.08 |
+----------------------------+------+-------+-----------+-------+

3. BLOCKRAM
-----------

| Block RAM Tile |  1.5 |     0 |      2688 |  0.06 |
| URAM           |    2 |     0 |      1280 |  0.16 |
| DSPs           |    3 |     0 |     12288 |  0.02 |
)";

constexpr const char* vivado_2022 = R"(
| Tool Version : Vivado v.2022.1 (lin64) Build 3526262 Mon Apr 18 15:47:01 MDT 2022
| Device       : xcvu13p-flga2577-2-e
| Design State : Routed
+--------------------------------------------+-------+-------+------------+-----------+-------+
|                  Site Type                 |  Used | Fixed | Prohibited | Available | Util% |
+--------------------------------------------+-------+-------+------------+-----------+-------+
| CLB LUTs                                   | 21865 |     0 |          0 |   1728000 |  1.27 |
|   LUT as Logic                             | 21865 |     0 |          0 |   1728000 |  1.27 |
| CLB Registers                              |  9200 |     0 |          0 |   3456000 |  0.27 |
| CLB LUTs                                   |    77 |     0 |          0 |   1728000 |  1.27 |
)";

constexpr const char* timing_met = R"(
------------------------------------------------------------------------------------------------
| Design Timing Summary
| ---------------------
------------------------------------------------------------------------------------------------

    WNS(ns)      TNS(ns)  TNS Failing Endpoints  TNS Total Endpoints      WHS(ns)      THS(ns)
    -------      -------  ---------------------  -------------------      -------      -------
      0.250        0.000                      0                 1234        0.022        0.000


All user specified timing constraints are met.


------------------------------------------------------------------------------------------------
| Clock Summary
| -------------
------------------------------------------------------------------------------------------------

Clock  Waveform(ns)       Period(ns)      Frequency(MHz)
-----  ------------       ----------      --------------
clk    {0.000 1.000}      2.000           500.000

------------------------------------------------------------------------------------------------
| Intra Clock Table
    WNS(ns)      TNS(ns)
    -------      -------
     -9.999        0.000
)";

constexpr const char* quartus_fit = R"(
+----------------------------------------------------------------------------+
; Fitter Summary                                                             ;
+---------------------------------+------------------------------------------+
; Fitter Status                   ; Successful - Thu Oct 28 15:23:19 2021    ;
; Quartus Prime Version           ; 20.1.1 Build 720 11/11/2020 SJ Pro       ;
; Revision Name                   ; toy                                      ;
; Device                          ; 10AX115S2F45I1SG                         ;
; Logic utilization (in ALMs)     ; 6,280 / 427,200 ( 1 % )                  ;
; Total registers                 ; 14006                                    ;
; Total virtual pins              ; 300                                      ;
; Total RAM Blocks                ; 0 / 2,713 ( 0 % )                        ;
; Total DSP Blocks                ; 8 / 1,518 ( < 1 % )                      ;
)";

constexpr const char* quartus_sta = R"(
+--------------------------------------------------+
; Slow 900mV 100C Model Fmax Summary               ;
+------------+-----------------+------------+------+
; Fmax       ; Restricted Fmax ; Clock Name ; Note ;
+------------+-----------------+------------+------+
; 416.59 MHz ; 416.59 MHz      ; clk        ;      ;
+------------+-----------------+------------+------+
+--------------------------------------------------+
; Slow 900mV -40C Model Fmax Summary               ;
+------------+-----------------+------------+------+
; 402.10 MHz ; 402.10 MHz      ; clk        ;      ;
+------------+-----------------+------------+------+
; Clocks                                           ;
; 1.00 MHz ; not a result ; clk ;
)";

TEST(VendorReport, ReadsVivadoUtilisation) {
  const VendorUtilisation use = parse_vivado_utilisation(vivado_2020, "a.rpt");
  EXPECT_EQ(use.lut, 1234);
  EXPECT_EQ(use.lut_logic, 1230);
  EXPECT_EQ(use.lut_memory, 4);
  EXPECT_EQ(use.ff, 2345);
  EXPECT_EQ(use.carry8, 167);
  EXPECT_EQ(use.bram36, 1.5);
  EXPECT_EQ(use.uram, 2);
  EXPECT_EQ(use.dsp, 3);
  EXPECT_EQ(use.state, "Synthesized");
  EXPECT_TRUE(use.tool.starts_with("Vivado v.2020.2"));
}

TEST(VendorReport, ReadsTheWiderTableSince2021AndTheFirstOfEqualRows) {
  const VendorUtilisation use = parse_vivado_utilisation(vivado_2022, "a.rpt");
  EXPECT_EQ(use.lut, 21865);
  EXPECT_EQ(use.ff, 9200);
  EXPECT_FALSE(use.dsp);
  EXPECT_EQ(use.device, "xcvu13p-flga2577-2-e");
}

TEST(VendorReport, FmaxFollowsFromPeriodAndSlack) {
  const VendorTiming timing = parse_vivado_timing(timing_met, "t.rpt");
  EXPECT_EQ(timing.wns_ns, 0.25);
  EXPECT_EQ(timing.period_ns, 2);
  EXPECT_DOUBLE_EQ(timing.fmax_mhz, 1000 / 1.75);
  std::string late = timing_met;
  late.replace(late.find(" 0.250"), 6, "-0.500");
  EXPECT_DOUBLE_EQ(parse_vivado_timing(late, "t.rpt").fmax_mhz, 400);
}

TEST(VendorReport, UnconstrainedTimingIsRefused) {
  std::string none = timing_met;
  none.replace(none.find(" 0.250"), 6, "    NA");
  EXPECT_THROW(parse_vivado_timing(none, "t.rpt"), Error);
  std::string senseless = timing_met;
  senseless.replace(senseless.find(" 0.250"), 6, " 2.500");
  EXPECT_THROW(parse_vivado_timing(senseless, "t.rpt"), Error);
}

TEST(VendorReport, ReadsQuartus) {
  const VendorUtilisation use = parse_quartus_fit(quartus_fit, "toy.fit.rpt");
  EXPECT_EQ(use.alm, 6280);
  EXPECT_EQ(use.ff, 14006);
  EXPECT_EQ(use.dsp, 8);
  EXPECT_EQ(use.ram_blocks, 0);
  EXPECT_EQ(use.device, "10AX115S2F45I1SG");
  EXPECT_DOUBLE_EQ(parse_quartus_timing(quartus_sta, "toy.sta.rpt").fmax_mhz, 402.1);
}

TEST(VendorReport, ForeignTextIsRefusedByEveryParser) {
  for (const char* text : {"", "hello", "| CLB LUTs |", "; ; ;", "WNS(ns)\n\n", "Clock Frequency(MHz)\n-\n{0} }"}) {
    EXPECT_THROW(parse_vivado_utilisation(text, "x"), Error) << text;
    EXPECT_THROW(parse_vivado_timing(text, "x"), Error) << text;
    EXPECT_THROW(parse_quartus_fit(text, "x"), Error) << text;
    EXPECT_THROW(parse_quartus_timing(text, "x"), Error) << text;
  }
}

TEST(VendorReport, TheLatestStageOfAFolderCounts) {
  const TemporaryFolder folder;
  EXPECT_THROW(read_vendor_reports(folder.path()), Error);
  EXPECT_THROW(read_vendor_reports(folder.path() / "nowhere"), Error);
  write_text_atomically(folder.path() / "toy.fit.rpt", quartus_fit);
  write_text_atomically(folder.path() / "toy.sta.rpt", quartus_sta);
  EXPECT_EQ(vendor_to_json(read_vendor_reports(folder.path()))["alm"], 6280);
  EXPECT_EQ(vendor_to_json(read_vendor_reports(folder.path()))["fmax_mhz"], 402.1);
  write_text_atomically(folder.path() / "post_synth_utilization.rpt", vivado_2020);
  EXPECT_EQ(read_vendor_reports(folder.path()).utilisation.lut, 1234);
  write_text_atomically(folder.path() / "post_route_utilization.rpt", vivado_2022);
  write_text_atomically(folder.path() / "post_route_timing.rpt", timing_met);
  const Json json = vendor_to_json(read_vendor_reports(folder.path()));
  EXPECT_EQ(json["lut"], 21865);
  EXPECT_EQ(json["wns_ns"], 0.25);
  EXPECT_FALSE(json.contains("dsp"));
}

}  // namespace
}  // namespace lutra
