#include "synth/vendor_report.h"

#include <algorithm>

#include "base/artifact.h"
#include "base/error.h"
#include "synth/report_text.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t max_report_bytes = 16 << 20;

using Field = std::optional<double> VendorUtilisation::*;

struct Row {
  const char* title;
  Field field;
};

// UltraScale+ says CLB, 7 series says Slice.
constexpr Row vivado_rows[] = {
    {"CLB LUTs", &VendorUtilisation::lut},           {"Slice LUTs", &VendorUtilisation::lut},
    {"LUT as Logic", &VendorUtilisation::lut_logic}, {"LUT as Memory", &VendorUtilisation::lut_memory},
    {"CLB Registers", &VendorUtilisation::ff},       {"Slice Registers", &VendorUtilisation::ff},
    {"CARRY8", &VendorUtilisation::carry8},          {"DSPs", &VendorUtilisation::dsp},
    {"Block RAM Tile", &VendorUtilisation::bram36},  {"URAM", &VendorUtilisation::uram},
};
constexpr Row quartus_rows[] = {
    {"Logic utilization (in ALMs)", &VendorUtilisation::alm},
    {"Total registers", &VendorUtilisation::ff},
    {"Total DSP Blocks", &VendorUtilisation::dsp},
    {"Total RAM Blocks", &VendorUtilisation::ram_blocks},
};

/// Takes the first row of each title: later tables repeat some.
template <std::size_t n>
void take_rows(VendorUtilisation& out, const std::vector<std::string>& cells, const Row (&rows)[n]) {
  if (cells.size() < 2) return;
  std::string title = cells[0];
  while (title.ends_with('*')) title.pop_back();  // a footnote
  for (const Row& row : rows)
    if (title == row.title && !(out.*row.field)) out.*row.field = leading_number(cells[1]);
}

/// The text after "| NAME :" in the head of a Vivado report.
void take_head(std::string& out, const std::string& line, const std::string& name) {
  const std::size_t colon = line.find(':');
  if (!out.empty() || !line.starts_with("| " + name) || colon == std::string::npos) return;
  const std::vector<std::string> text = words(line.substr(colon + 1));
  for (const std::string& word : text) out += (out.empty() ? "" : " ") + word;
}

[[noreturn]] void not_a_report(const std::string& where, const std::string& what, const std::string& lacks) {
  throw Error(where + " is not " + what, "it has no " + lacks, "Make it with the scripts beside the RTL");
}

}  // namespace

VendorUtilisation parse_vivado_utilisation(const std::string& text, const std::string& where) {
  VendorUtilisation out;
  for (const std::string& line : report_lines(text)) {
    take_head(out.tool, line, "Tool Version");
    take_head(out.device, line, "Device");
    take_head(out.state, line, "Design State");
    take_rows(out, table_cells(line, '|'), vivado_rows);
  }
  if (!out.lut) not_a_report(where, "a utilisation report of Vivado", "row \"CLB LUTs\"");
  return out;
}

VendorTiming parse_vivado_timing(const std::string& text, const std::string& where) {
  const std::vector<std::string> lines = report_lines(text);
  VendorTiming timing;
  for (std::size_t i = 0; i + 2 < lines.size(); ++i) {  // titles, rule, values
    const std::vector<std::string> titles = words(lines[i]), values = words(lines[i + 2]);
    if (titles.empty() || values.empty()) continue;
    if (titles[0] == "WNS(ns)" && !timing.wns_ns) {
      timing.wns_ns = leading_number(values[0]);
      if (!timing.wns_ns)
        throw Error(where + " has no slack", "WNS is " + values[0], "Constrain the clock: vivado.xdc");
    }
    const std::size_t brace = lines[i + 2].find('}');  // clk  {0.000 1.000}  2.000  500.000
    if (titles[0] == "Clock" && titles.back() == "Frequency(MHz)" && brace != std::string::npos && !timing.period_ns)
      timing.period_ns = leading_number(lines[i + 2].substr(brace + 1));
  }
  if (!timing.wns_ns || !timing.period_ns) not_a_report(where, "a timing summary of Vivado", "WNS or no clock");
  if (*timing.period_ns <= *timing.wns_ns)
    throw Error(where + " makes no sense", "the slack is not less than the period", "");
  timing.fmax_mhz = 1000 / (*timing.period_ns - *timing.wns_ns);
  return timing;
}

VendorUtilisation parse_quartus_fit(const std::string& text, const std::string& where) {
  VendorUtilisation out;
  for (const std::string& line : report_lines(text)) {
    const std::vector<std::string> cells = table_cells(line, ';');
    take_rows(out, cells, quartus_rows);
    if (cells.size() < 2) continue;
    if (cells[0] == "Quartus Prime Version" && out.tool.empty()) out.tool = "Quartus Prime " + cells[1];
    if (cells[0] == "Device" && out.device.empty()) out.device = cells[1];
    if (cells[0] == "Fitter Status" && out.state.empty()) out.state = cells[1];
  }
  if (!out.alm) not_a_report(where, "a fitter report of Quartus", "row \"Logic utilization (in ALMs)\"");
  return out;
}

VendorTiming parse_quartus_timing(const std::string& text, const std::string& where) {
  VendorTiming timing;
  bool in_table = false;
  for (const std::string& line : report_lines(text)) {
    const std::vector<std::string> cells = table_cells(line, ';');
    if (cells.size() == 1) in_table = cells[0].ends_with("Fmax Summary");
    if (!in_table || cells.size() < 3 || !cells[0].ends_with("MHz")) continue;
    const double mhz = leading_number(cells[0]).value_or(0);
    if (mhz > 0 && (timing.fmax_mhz == 0 || mhz < timing.fmax_mhz)) timing.fmax_mhz = mhz;
  }
  if (timing.fmax_mhz == 0) not_a_report(where, "a timing report of Quartus", "\"Fmax Summary\"");
  return timing;
}

namespace {

std::optional<VendorReport> read_vivado(const fs::path& folder) {
  for (const std::string stage : {"post_route", "post_place", "post_synth"}) {
    const fs::path utilisation = folder / (stage + "_utilization.rpt"), timing = folder / (stage + "_timing.rpt");
    if (!fs::exists(utilisation)) continue;
    VendorReport report{parse_vivado_utilisation(read_text(utilisation, max_report_bytes), utilisation.string()), {}};
    if (fs::exists(timing)) report.timing = parse_vivado_timing(read_text(timing, max_report_bytes), timing.string());
    return report;
  }
  return std::nullopt;
}

std::optional<VendorReport> read_quartus(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::optional<VendorReport> report;
  for (const fs::path& file : files)
    if (file.string().ends_with(".fit.rpt"))
      report = {parse_quartus_fit(read_text(file, max_report_bytes), file.string()), {}};
  for (const fs::path& file : files)
    if (report && file.string().ends_with(".sta.rpt"))
      report->timing = parse_quartus_timing(read_text(file, max_report_bytes), file.string());
  return report;
}

}  // namespace

VendorReport read_vendor_reports(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw Error(folder.string() + " is not a folder", "", "Name the folder with the reports");
  if (const auto report = read_vivado(folder)) return *report;
  if (const auto report = read_quartus(folder)) return *report;
  throw Error("there are no vendor reports in " + folder.string(),
              "neither post_route_utilization.rpt (Vivado) nor a *.fit.rpt (Quartus)",
              "Run vivado.tcl or quartus.tcl first");
}

Json vendor_to_json(const VendorReport& report) {
  const VendorUtilisation& use = report.utilisation;
  Json json{{"tool", use.tool}, {"device", use.device}, {"state", use.state}};
  const auto add = [&](const char* name, const std::optional<double>& value) {
    if (value) json[name] = *value;
  };
  add("lut", use.lut);
  add("lut_logic", use.lut_logic);
  add("lut_memory", use.lut_memory);
  add("ff", use.ff);
  add("carry8", use.carry8);
  add("dsp", use.dsp);
  add("bram36", use.bram36);
  add("uram", use.uram);
  add("alm", use.alm);
  add("ram_blocks", use.ram_blocks);
  if (report.timing) {
    add("fmax_mhz", report.timing->fmax_mhz);
    add("period_ns", report.timing->period_ns);
    add("wns_ns", report.timing->wns_ns);
  }
  return json;
}

}  // namespace lutra
