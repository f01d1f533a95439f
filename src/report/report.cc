#include "report/report.h"

#include "base/artifact.h"
#include "base/contract.h"
#include "report/sections.h"

namespace lutra {

Page build_report(const std::vector<Run>& runs) {
  expects(!runs.empty(), "a report is about at least one run");
  Page page;
  std::string names;
  for (const Run& run : runs) names += (names.empty() ? "" : ", ") + run.name;
  page.title = "Lutra: " + names;
  page.subtitle = "A muon trigger from detector hits to verified firmware";
  for (const auto section : {summary_section, efficiency_section, resolution_section, display_section, training_section,
                             network_section, hardware_section, verification_section, provenance_section})
    page.sections.push_back(section(runs));
  return page;
}

void write_report(const std::vector<std::filesystem::path>& run_folders, const std::filesystem::path& out_html) {
  std::vector<Run> runs;
  for (const std::filesystem::path& folder : run_folders) runs.push_back(read_run(folder));
  write_text_atomically(out_html, render(build_report(runs)));
}

}  // namespace lutra
