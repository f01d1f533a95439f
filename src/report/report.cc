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
  for (const auto make :
       {summary_section,    comparison_section, claim_section, display_section,   fragmentation_section,
        efficiency_section, resolution_section, float_section, precision_section, quantized_teacher_section,
        hardware_section,   pareto_section,     chain_section, rate_section,      constraint_section,
        compiled_section,   network_section,    fit_section,   training_section,  verification_section,
        provenance_section})
    if (Section section = make(runs); !section.blocks.empty()) page.sections.push_back(std::move(section));
  add_findings(runs, page.sections);
  return page;
}

void write_report(const std::vector<std::filesystem::path>& run_folders, const std::filesystem::path& out_html) {
  std::vector<Run> runs;
  for (const std::filesystem::path& folder : run_folders) runs.push_back(read_run(folder));
  write_text_atomically(out_html, render(build_report(runs)));
}

}  // namespace lutra
