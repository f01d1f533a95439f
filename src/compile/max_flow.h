#pragma once
#include <cstdint>
#include <vector>

namespace lutra {

/// Cheapest cut between two nodes of a directed graph, by largest flow (Dinic 1970).
class MaxFlow {
 public:
  static constexpr std::int64_t unlimited = std::int64_t{1} << 50;

  int add_node();
  void add_edge(int from, int to, std::int64_t capacity);

  /// Sends the largest flow and returns the cut nearest to `sink`: [nodes], true on the source's side.
  std::vector<bool> cut(int source, int sink);

 private:
  struct Edge {
    int to = 0;
    std::int64_t left = 0;  // capacity; edge e ^ 1 is the way back
  };

  bool find_levels(int source, int sink);
  std::int64_t push(int node, int sink, std::int64_t most);
  std::vector<bool> reaching(int sink) const;

  std::vector<Edge> edges_;
  std::vector<std::vector<int>> edges_of_;  // [nodes]
  std::vector<int> level_;
  std::vector<std::size_t> next_;  // edge of each node to try next
};

}  // namespace lutra
