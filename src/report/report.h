#pragma once
#include <filesystem>
#include <vector>

#include "report/page.h"
#include "report/run.h"

namespace lutra {

/// The whole report of one run, or of several side by side. At least one run.
Page build_report(const std::vector<Run>& runs);

/// Reads the run folders and writes one HTML file atomically. Error when a folder is not a run or a file in it is bad.
void write_report(const std::vector<std::filesystem::path>& run_folders, const std::filesystem::path& out_html);

}  // namespace lutra
