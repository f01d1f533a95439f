#include "study/stage_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/contract.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

bool overlap(const fs::path& a, const fs::path& b) { return lies_in(a, b) || lies_in(b, a); }

void check_writers(const std::vector<Stage>& stages) {
  std::vector<std::pair<fs::path, const Stage*>> written;
  for (const Stage& stage : stages)
    for (const fs::path& path : stage.writes) {
      for (const auto& [other, writer] : written)
        expects(!overlap(path, other),
                fmt::format("that only one of {} and {} writes {}", writer->name, stage.name, path.string()).c_str());
      written.emplace_back(path, &stage);
    }
}

/// Positions of the stages whose outputs a stage reads.
std::set<std::size_t> writers_of(const Stage& reader, const std::vector<Stage>& stages) {
  std::set<std::size_t> writers;
  for (const fs::path& path : reader.reads) {
    bool found = false;
    for (std::size_t i = 0; i < stages.size(); ++i)
      if (std::ranges::any_of(stages[i].writes, [&](const fs::path& written) { return overlap(path, written); })) {
        writers.insert(i);
        found = true;
      }
    expects(found, fmt::format("that somebody writes {}, which {} reads", path.string(), reader.name).c_str());
  }
  return writers;
}

}  // namespace

bool lies_in(const fs::path& path, const fs::path& folder) {
  return std::ranges::mismatch(folder, path).in1 == folder.end();
}

std::vector<Stage> in_order(std::vector<Stage> stages) {
  check_writers(stages);
  std::vector<std::set<std::size_t>> waits;
  for (const Stage& stage : stages) waits.push_back(writers_of(stage, stages));
  std::vector<Stage> ordered;
  std::vector<bool> placed(stages.size());
  const auto is_next = [&](std::size_t i) {
    return !placed[i] && std::ranges::all_of(waits[i], [&](std::size_t writer) { return placed[writer]; });
  };
  while (ordered.size() < stages.size()) {
    std::size_t next = 0;
    while (next < stages.size() && !is_next(next)) ++next;
    expects(next < stages.size(), "that no stage reads what follows from its own outputs");
    placed[next] = true;
    ordered.push_back(stages[next]);
  }
  return ordered;
}

}  // namespace lutra
