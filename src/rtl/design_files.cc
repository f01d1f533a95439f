#include "rtl/design_files.h"

#include <algorithm>
#include <set>

#include "base/artifact.h"
#include "base/hash.h"
#include "base/name.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr const char* not_added[] = {"design.json", "netlist.v"};

std::vector<Edit> find_added(const fs::path& folder, const FileHashes& hashes) {
  std::set<fs::path> endings;
  for (const auto& [name, hash] : hashes) endings.insert(fs::path(name).extension());
  std::vector<Edit> added;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool is_known =
        hashes.contains(name) || std::find(std::begin(not_added), std::end(not_added), name) != std::end(not_added);
    if (!is_known && !entry.is_directory() && endings.contains(entry.path().extension()))
      added.push_back({name, "added"});
  }
  return added;
}

}  // namespace

void write_design_file(const fs::path& folder, FileHashes& hashes, const std::string& name, std::string_view text) {
  write_text_atomically(folder / name, text);
  hashes[name] = hex(hash_bytes(text));
}

void remove_design_file(const fs::path& folder, FileHashes& hashes, const std::string& name) {
  fs::remove(folder / name);
  hashes.erase(name);
}

std::vector<Edit> find_edits(const fs::path& folder, const FileHashes& hashes) {
  std::vector<Edit> edits = find_added(folder, hashes);
  for (const auto& [name, hash] : hashes) {
    if (!fs::is_regular_file(folder / name))
      edits.push_back({name, "missing"});
    else if (hex(hash_bytes(read_text(folder / name))) != hash)
      edits.push_back({name, "changed"});
  }
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.file < b.file; });
  return edits;
}

Json edits_to_json(const std::vector<Edit>& edits) {
  Json list = Json::array();
  for (const Edit& e : edits) list.push_back({{"file", printable(e.file)}, {"what", e.what}});
  return list;
}

std::vector<std::string> copy_sources(const std::vector<fs::path>& files, const fs::path& work) {
  fs::remove_all(work / "sources");
  std::vector<std::string> copies;
  for (const fs::path& file : files) {
    copies.push_back("sources/" + file.filename().string());
    write_text_atomically(work / copies.back(), read_text(file));
  }
  return copies;
}

}  // namespace lutra
