#include "study/stage_files.h"

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "base/file_error.h"
#include "base/hash.h"
#include "base/new_file.h"
#include "study/stage_order.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// The files of an output: itself, or all below it when it is a folder, sorted; relative to `base`.
std::vector<fs::path> files_of(const fs::path& base, const fs::path& output) {
  if (!fs::is_directory(base / output)) return {output};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(base / output))
    if (entry.is_regular_file()) files.push_back(output / fs::relative(entry.path(), base / output));
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> names_in(const fs::path& folder) {
  std::vector<fs::path> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

/// One stage's files on their way.
struct Move {
  fs::path work, folder, old;
  std::vector<fs::path> of_others;  // outputs of the other stages

  void put(const fs::path& name) const {
    const fs::path from = work / name, to = folder / name;
    if (!fs::is_directory(from)) return move_file(from, to);
    const bool shared = std::ranges::any_of(of_others, [&](const fs::path& other) { return lies_in(other, name); });
    if (!shared || !fs::is_directory(to)) return replace(from, to);
    for (const fs::path& child : names_in(from)) put(name / child);
  }

  void replace(const fs::path& from, const fs::path& to) const {
    make_folder(to.parent_path());
    remove_tree(old);
    if (fs::exists(to)) move_to(to, old);
    move_to(from, to);
    remove_tree(old);
  }
};

}  // namespace

std::string hash_file(const fs::path& path) {
  check_readable(path);
  StreamHash hash;
  std::ifstream in(path, std::ios::binary);
  std::vector<char> buffer(1 << 20);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    hash.add(buffer.data(), static_cast<std::size_t>(in.gcount()));
  if (!in.eof()) throw file_error("read", path, EIO);
  return hex(hash.digest());
}

Json output_hashes(const fs::path& base, const Stage& stage) {
  Json hashes = Json::object();
  for (const fs::path& output : stage.writes)
    for (const fs::path& file : files_of(base, output)) hashes[file.string()] = hash_file(base / file);
  return hashes;
}

void remove_leftovers(const fs::path& work) {
  std::vector<fs::path> leftovers;
  for (const auto& entry : fs::recursive_directory_iterator(work))
    if (entry.path().filename().string().starts_with(new_file_prefix)) leftovers.push_back(entry.path());
  for (const fs::path& path : leftovers) remove_tree(path);
}

void put_in_place(const fs::path& work, const fs::path& folder, const fs::path& old, const Stage& stage,
                  const std::vector<Stage>& all) {
  Move move{work, folder, old, {}};
  for (const Stage& other : all)
    if (other.name != stage.name) move.of_others.insert(move.of_others.end(), other.writes.begin(), other.writes.end());
  for (const fs::path& name : names_in(work)) move.put(name);
  remove_tree(work);
}

}  // namespace lutra
