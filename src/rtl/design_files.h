#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace lutra {

/// Hash (hex, base/hash.h) of every file of a design but design.json, by name.
using FileHashes = std::map<std::string, std::string>;

/// Writes a file of a design and notes its hash.
void write_design_file(const std::filesystem::path& folder, FileHashes& hashes, const std::string& name,
                       std::string_view text);

/// Forgets and removes one.
void remove_design_file(const std::filesystem::path& folder, FileHashes& hashes, const std::string& name);

/// A file that is not as it was when the design was written.
struct Edit {
  std::string file;
  std::string what;  // "changed", "missing", "added"
};

/// Edits of the folder, by name. Added is what could be taken for a part of the design: a file whose name ends as one
/// of its files does. netlist.v, which yosys.ys leaves, is none; neither are results, notes or folders.
std::vector<Edit> find_edits(const std::filesystem::path& folder, const FileHashes& hashes);

/// [{"file": ..., "what": ...}]: what results of an edited design record.
Json edits_to_json(const std::vector<Edit>& edits);

/// Copies files to `work`/sources and returns their places relative to `work`. Tools that run there see plain names,
/// whatever the folders above are called.
std::vector<std::string> copy_sources(const std::vector<std::filesystem::path>& files,
                                      const std::filesystem::path& work);

}  // namespace lutra
