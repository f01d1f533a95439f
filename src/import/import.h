#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/progress.h"
#include "event/dataset.h"
#include "import/import_config.h"
#include "import/input_quantizer.h"

namespace lutra {

/// What an import did.
struct ImportReport {
  struct File {
    std::string name;  // without folders
    std::string format;
    std::uint64_t bytes = 0;
    std::string hash;  // XXH3 of the file
  };
  struct TargetRange {
    std::string name;
    double lo = 0, hi = 0;      // of the data, physical
    std::uint64_t outside = 0;  // events outside the declared range: their scaled target is beyond 0 or 1
  };
  Dataset layout;  // everything but events
  std::uint64_t events = 0;
  std::array<std::uint64_t, 3> split{};     // events of each
  std::vector<std::uint64_t> class_events;  // [classes]
  std::vector<File> files;
  ClipReport inputs;
  std::vector<TargetRange> targets;
};

/// Turns arrays of foreign files (CSV, .npy, .npz, idx, HDF5) into a data set file, written atomically. Files with the
/// same arrays follow each other. Inputs are scaled and rounded to the declared format. Regression targets keep their
/// physical values; classes become one target per class (lo 0, hi 1), of which the truth is one-hot. Weights become the
/// column "weight". The file depends on the configuration and the content of the files alone; its configuration is
/// import_to_json. Bounded memory: some blocks of rows; arrays in Fortran order are copied to a temporary file first.
/// Error, naming file, row and column, on anything malformed: NaN, ragged rows, unknown classes, shapes that do not
/// fit, more inputs outside the format than max_clipped.
ImportReport import_to_file(const ImportConfig& config, const std::vector<std::filesystem::path>& paths,
                            const std::filesystem::path& out, const Progress& progress);

/// {"import": the configuration, "files": [...], "inputs": ..., "targets": ...}: the configuration of the data set, and
/// the result for --json.
Json import_to_json(const ImportConfig& config, const ImportReport& report);

/// For people: events, ranges, and what was clipped, with the inputs that lost most.
std::string import_text(const ImportReport& report);

}  // namespace lutra
