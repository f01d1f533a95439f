#include "compile/register_cuts.h"

#include <algorithm>

#include "compile/max_flow.h"

namespace lutra {
namespace {

constexpr int most_sweeps = 8;
constexpr double rounding_ns = 1e-9;

class StageCutter {
 public:
  StageCutter(const Program& program, Schedule schedule, const std::vector<double>& delay_ns, double budget_ns)
      : program_(program), delay_(delay_ns), budget_(budget_ns), schedule_(std::move(schedule)), users_(size()) {
    for (std::size_t i = 0; i < size(); ++i)
      for (const Operand& o : program_.values[i].args) users_[at(o.value)].push_back(i);
    is_output_.assign(size(), false);
    for (const Output& o : program_.outputs) is_output_[at(o.value)] = true;
  }

  Schedule run() && {
    int registers = count_registers(program_, schedule_);
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
      const int last = schedule_.stages - 2;
      for (int i = 0; i <= last; ++i) move_boundary(sweep % 2 == 0 ? last - i : i);
      const int now = count_registers(program_, schedule_);
      if (now == registers) break;
      registers = now;
    }
    return std::move(schedule_);
  }

 private:
  static std::size_t at(int id) { return static_cast<std::size_t>(id); }
  std::size_t size() const { return program_.values.size(); }
  int& stage(std::size_t i) { return schedule_.stage[i]; }
  int stage(std::size_t i) const { return schedule_.stage[i]; }

  /// What may be on either side of the boundary behind stage `b`.
  bool is_near(std::size_t i, int b) const {
    return !program_.values[i].args.empty() && (stage(i) == b || stage(i) == b + 1);
  }

  /// Values near the boundary that stage `b` has time for.
  std::vector<bool> early_enough(int b) const {
    std::vector<bool> can(size(), false);
    std::vector<double> ready(size(), 0);
    for (std::size_t i = 0; i < size(); ++i) {
      if (!is_near(i, b)) continue;
      double start = 0;
      bool there = true;
      for (const Operand& o : program_.values[i].args) {
        there = there && (can[at(o.value)] || !is_near(at(o.value), b));
        start = std::max(start, ready[at(o.value)]);
      }
      can[i] = stage(i) == b || (there && (start == 0 || start + delay_[i] <= budget_ + rounding_ns));
      ready[i] = start + delay_[i];
    }
    return can;
  }

  /// Values near the boundary that stage b + 1 has no time for.
  std::vector<bool> too_long(int b) const {
    std::vector<bool> must(size(), false);
    std::vector<double> tail(size(), 0);  // from the value's arguments to the end of its paths in the stage
    for (std::size_t i = size(); i-- > 0;) {
      if (!is_near(i, b)) continue;
      double behind = 0;
      for (const std::size_t user : users_[i]) {
        if (is_near(user, b)) behind = std::max(behind, tail[user]);
      }
      tail[i] = behind + delay_[i];
      must[i] = stage(i) == b && tail[i] > budget_ + rounding_ns;
    }
    return must;
  }

  void move_boundary(int b) {
    const std::vector<bool> can = early_enough(b), must = too_long(b);
    MaxFlow graph;
    const int before = graph.add_node(), behind = graph.add_node();
    std::vector<int> node(size(), behind);
    for (std::size_t i = 0; i < size(); ++i) {
      if (!is_near(i, b)) {
        if (stage(i) <= b) node[i] = before;
        continue;
      }
      if (!can[i]) continue;
      node[i] = graph.add_node();
      if (must[i]) graph.add_edge(before, node[i], MaxFlow::unlimited);
      for (const Operand& o : program_.values[i].args)
        if (is_near(at(o.value), b)) graph.add_edge(node[i], node[at(o.value)], MaxFlow::unlimited);
    }
    for (std::size_t i = 0; i < size(); ++i)
      if (node[i] != behind) add_cost(graph, i, b, node, before, behind);
    const std::vector<bool> side = graph.cut(before, behind);
    for (std::size_t i = 0; i < size(); ++i)
      if (is_near(i, b)) stage(i) = side[at(node[i])] ? b : b + 1;
  }

  /// A value costs its bits when it is before the boundary and used behind it.
  void add_cost(MaxFlow& graph, std::size_t i, int b, const std::vector<int>& node, int before, int behind) const {
    if (program_.values[i].op == Opcode::constant) return;
    std::vector<int> ends;
    if (is_output_[i]) ends.push_back(behind);
    for (const std::size_t user : users_[i])
      if (stage(user) > b || is_near(user, b)) ends.push_back(node[user]);
    if (ends.empty()) return;
    // Used far behind: it crosses wherever the boundary is, if it is before it at all.
    if (node[i] == before && std::find(ends.begin(), ends.end(), behind) != ends.end()) return;
    const int kept = graph.add_node();
    graph.add_edge(node[i], kept, format_of(program_.values[i]).bits);
    for (const int end : ends) graph.add_edge(kept, end, MaxFlow::unlimited);
  }

  const Program& program_;
  const std::vector<double>& delay_;
  double budget_;
  Schedule schedule_;
  std::vector<std::vector<std::size_t>> users_;
  std::vector<bool> is_output_;
};

}  // namespace

Schedule cut_registers(const Program& program, Schedule schedule, const std::vector<double>& delay_ns,
                       double budget_ns) {
  return StageCutter(program, std::move(schedule), delay_ns, budget_ns).run();
}

}  // namespace lutra
