#include "compile/max_flow.h"

#include <algorithm>

namespace lutra {

int MaxFlow::add_node() {
  edges_of_.emplace_back();
  return static_cast<int>(edges_of_.size()) - 1;
}

void MaxFlow::add_edge(int from, int to, std::int64_t capacity) {
  edges_of_[static_cast<std::size_t>(from)].push_back(static_cast<int>(edges_.size()));
  edges_.push_back({to, capacity});
  edges_of_[static_cast<std::size_t>(to)].push_back(static_cast<int>(edges_.size()));
  edges_.push_back({from, 0});
}

bool MaxFlow::find_levels(int source, int sink) {
  level_.assign(edges_of_.size(), -1);
  level_[static_cast<std::size_t>(source)] = 0;
  std::vector<int> queue{source};
  for (std::size_t i = 0; i < queue.size(); ++i)
    for (const int e : edges_of_[static_cast<std::size_t>(queue[i])]) {
      const Edge& edge = edges_[static_cast<std::size_t>(e)];
      int& level = level_[static_cast<std::size_t>(edge.to)];
      if (edge.left == 0 || level >= 0) continue;
      level = level_[static_cast<std::size_t>(queue[i])] + 1;
      queue.push_back(edge.to);
    }
  return level_[static_cast<std::size_t>(sink)] >= 0;
}

std::int64_t MaxFlow::push(int node, int sink, std::int64_t most) {
  if (node == sink) return most;
  const auto n = static_cast<std::size_t>(node);
  for (std::size_t& i = next_[n]; i < edges_of_[n].size(); ++i) {
    const auto e = static_cast<std::size_t>(edges_of_[n][i]);
    if (edges_[e].left == 0 || level_[static_cast<std::size_t>(edges_[e].to)] != level_[n] + 1) continue;
    const std::int64_t sent = push(edges_[e].to, sink, std::min(most, edges_[e].left));
    if (sent == 0) continue;
    edges_[e].left -= sent;
    edges_[e ^ 1].left += sent;
    return sent;
  }
  return 0;
}

std::vector<bool> MaxFlow::reaching(int sink) const {
  std::vector<bool> reaches(edges_of_.size(), false);
  reaches[static_cast<std::size_t>(sink)] = true;
  std::vector<int> queue{sink};
  for (std::size_t i = 0; i < queue.size(); ++i)
    for (const int e : edges_of_[static_cast<std::size_t>(queue[i])]) {
      const int from = edges_[static_cast<std::size_t>(e)].to;
      if (edges_[static_cast<std::size_t>(e ^ 1)].left == 0 || reaches[static_cast<std::size_t>(from)]) continue;
      reaches[static_cast<std::size_t>(from)] = true;
      queue.push_back(from);
    }
  return reaches;
}

std::vector<bool> MaxFlow::cut(int source, int sink) {
  while (find_levels(source, sink)) {
    next_.assign(edges_of_.size(), 0);
    while (push(source, sink, unlimited) > 0) {
    }
  }
  std::vector<bool> side = reaching(sink);
  side.flip();
  return side;
}

}  // namespace lutra
