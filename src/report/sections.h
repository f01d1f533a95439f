#pragma once
#include <vector>

#include "report/page.h"
#include "report/run.h"

namespace lutra {

/// The sections of the report, each a pure function of the runs. What an ordinary run lacks is shown as Missing; a
/// section without blocks (a study's, when no study was run) is left out of the page. Error when an artifact holds
/// something of the wrong type. Those of "each run" are given one run at a time (report.cc).
Section summary_section(const std::vector<Run>& runs);            // each run: the numbers that matter
Section comparison_section(const std::vector<Run>& runs);         // several runs: results and settings that differ
Section claim_section(const std::vector<Run>& runs);              // each run: the published study's claims, judged
Section display_section(const std::vector<Run>& runs);            // events with the chosen window
Section fragmentation_section(const std::vector<Run>& runs);      // containment against stride, hit counts
Section efficiency_section(const std::vector<Run>& runs);         // turn-on, plateau, fakes, leakage
Section resolution_section(const std::vector<Run>& runs);         // pT and eta
Section float_section(const std::vector<Run>& runs);              // each run: teachers, float students
Section precision_section(const std::vector<Run>& runs);          // each run: students against bits and training
Section quantized_teacher_section(const std::vector<Run>& runs);  // each run: students of either teacher
Section training_section(const std::vector<Run>& runs);           // losses and gradients
Section network_section(const std::vector<Run>& runs);            // layer by layer
Section hardware_section(const std::vector<Run>& runs);           // resources beside the published ones
Section compiled_section(const std::vector<Run>& runs);           // LUT by layer, pipeline stages, critical path
Section pareto_section(const std::vector<Run>& runs);             // each run: physics against cost
Section fit_section(const std::vector<Run>& runs);                // what lutra fit tried
Section rate_section(const std::vector<Run>& runs);               // accepted rate over a falling spectrum
Section constraint_section(const std::vector<Run>& runs);         // who passes
Section chain_section(const std::vector<Run>& runs);              // search and network, their shares
Section verification_section(const std::vector<Run>& runs);       // reference against firmware
Section provenance_section(const std::vector<Run>& runs);         // files, versions, seeds, configurations

/// Whether the runs hold parts of the published study.
bool is_study(const std::vector<Run>& runs);

/// Begins every section with the claims it shows, judged.
void add_findings(const std::vector<Run>& runs, std::vector<Section>& sections);

/// The Missing block of a run file, e.g. missing("synth.json").
Missing missing(const std::string& path);

}  // namespace lutra
