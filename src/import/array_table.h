#pragma once
#include <memory>

#include "import/table.h"

namespace lutra {

/// An .npy or idx file: one array, named after the file.
std::unique_ptr<TableFile> open_npy(const std::filesystem::path& path);
std::unique_ptr<TableFile> open_idx(const std::filesystem::path& path);

/// An .npz file: a ZIP archive of .npy files. Members that are not arrays of numbers are listed as
/// unreadable_type.
std::unique_ptr<TableFile> open_npz(const std::filesystem::path& path);

/// Any HDF5 file: its arrays are named by their path, "group/array". Links to other files are not followed.
std::unique_ptr<TableFile> open_hdf5(const std::filesystem::path& path);

}  // namespace lutra
