#include "report/report.h"

#include <string>
#include <utility>
#include <variant>

#include "base/artifact.h"
#include "base/contract.h"
#include "report/sections.h"

namespace lutra {
namespace {

using Make = Section (*)(const std::vector<Run>&);

void make_unique(Block& block, std::size_t run) {
  std::visit(
      [&](auto& b) {
        if constexpr (requires { b.id; }) b.id += "-" + std::to_string(run);
      },
      block);
}

/// A section about one run, made of every run, one below the other.
Section of_each_run(Make make, const std::vector<Run>& runs) {
  if (runs.size() == 1) return make(runs);
  Section all;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    Section one = make({runs[i]});
    all.id = one.id;
    all.title = one.title;
    if (one.blocks.empty()) continue;
    all.blocks.push_back(Heading{"Run " + runs[i].name});
    for (Block& block : one.blocks) make_unique(block, i);
    all.blocks.insert(all.blocks.end(), one.blocks.begin(), one.blocks.end());
  }
  return all;
}

enum class About { all_runs, each_run };

struct SectionMaker {
  Make make;
  About about;
};

constexpr SectionMaker parts[] = {
    {summary_section, About::each_run},       {comparison_section, About::all_runs},
    {claim_section, About::each_run},         {display_section, About::all_runs},
    {fragmentation_section, About::all_runs}, {efficiency_section, About::all_runs},
    {resolution_section, About::all_runs},    {float_section, About::each_run},
    {precision_section, About::each_run},     {quantized_teacher_section, About::each_run},
    {hardware_section, About::all_runs},      {pareto_section, About::each_run},
    {chain_section, About::all_runs},         {rate_section, About::all_runs},
    {constraint_section, About::all_runs},    {compiled_section, About::all_runs},
    {network_section, About::all_runs},       {fit_section, About::all_runs},
    {training_section, About::all_runs},      {verification_section, About::all_runs},
    {provenance_section, About::all_runs}};

}  // namespace

Page build_report(const std::vector<Run>& runs) {
  expects(!runs.empty(), "a report is about at least one run");
  Page page;
  std::string names;
  for (const Run& run : runs) names += (names.empty() ? "" : ", ") + run.name;
  page.title = "Lutra: " + names;
  page.subtitle = "A muon trigger from detector hits to verified firmware";
  for (const SectionMaker& part : parts) {
    Section section = part.about == About::each_run ? of_each_run(part.make, runs) : part.make(runs);
    if (!section.blocks.empty()) page.sections.push_back(std::move(section));
  }
  add_findings(runs, page.sections);
  return page;
}

void write_report(const std::vector<std::filesystem::path>& run_folders, const std::filesystem::path& out_html) {
  std::vector<Run> runs;
  for (const std::filesystem::path& folder : run_folders) runs.push_back(read_run(folder));
  write_text_atomically(out_html, render(build_report(runs)));
}

}  // namespace lutra
