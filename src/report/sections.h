#pragma once
#include <vector>

#include "report/page.h"
#include "report/run.h"

namespace lutra {

/// The sections of the report, each a pure function of the runs. What was not run is shown as Missing. Error when an
/// artifact holds something of the wrong type.
Section summary_section(const std::vector<Run>& runs);       // the numbers that matter
Section display_section(const std::vector<Run>& runs);       // events with the chosen window
Section efficiency_section(const std::vector<Run>& runs);    // turn-on, plateau, fakes, leakage
Section resolution_section(const std::vector<Run>& runs);    // pT and eta
Section training_section(const std::vector<Run>& runs);      // losses and gradients
Section network_section(const std::vector<Run>& runs);       // layer by layer
Section hardware_section(const std::vector<Run>& runs);      // resources beside the published ones
Section verification_section(const std::vector<Run>& runs);  // reference against firmware
Section provenance_section(const std::vector<Run>& runs);    // files, versions, seeds, configurations

/// The Missing block of a run file, e.g. missing("synth.json").
Missing missing(const std::string& path);

}  // namespace lutra
