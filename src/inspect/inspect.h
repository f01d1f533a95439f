#pragma once
#include <filesystem>
#include <string>

#include "base/json.h"
#include "base/progress.h"

namespace lutra {

/// What is inside a file: any artifact (events, data sets, networks, and every JSON artifact), or foreign data that
/// could be imported (CSV, .npy, .npz, idx, HDF5).
///     {"file", "bytes", "kind", "version", "code", "checksum": "ok" or what is wrong, "content": {...}, "config":
///     {...}}
/// Foreign files have no version, code, checksum and config. A damaged artifact is described as far as it can be
/// trusted: its content is left out of HDF5 files, kept for JSON. Error when the file is missing or of no known kind.
Json inspect(const std::filesystem::path& path, const Progress& progress = no_progress);

/// The same for people: indented lines, histograms as bars.
std::string inspect_text(const Json& inspected);

}  // namespace lutra
