#include "compile/timing.h"

#include <algorithm>

namespace lutra {
namespace {

constexpr int none = -1;

class StageTimer {
 public:
  StageTimer(const Program& program, const Schedule& schedule, const DelayModel& model)
      : program_(program),
        schedule_(schedule),
        model_(model),
        ready_(program.values.size(), 0),
        levels_(program.values.size(), 0),
        before_(program.values.size(), none) {}

  std::vector<StageTiming> run() && {
    std::vector<StageTiming> stages(static_cast<std::size_t>(schedule_.stages), {model_.overhead_ns, 0, 0, {}});
    std::vector<int> ends(stages.size(), none);
    for (std::size_t i = 0; i < ready_.size(); ++i) {
      time(i);
      if (schedule_.stage[i] >= schedule_.stages) continue;  // dead
      const auto s = static_cast<std::size_t>(schedule_.stage[i]);
      stages[s].adder_levels = std::max(stages[s].adder_levels, levels_[i]);
      if (model_.overhead_ns + ready_[i] <= stages[s].delay_ns) continue;
      stages[s].delay_ns = model_.overhead_ns + ready_[i];
      ends[s] = static_cast<int>(i);
    }
    for (std::size_t s = 0; s < stages.size(); ++s) stages[s].path = path_to(ends[s]);
    count_flip_flops(stages);
    return stages;
  }

 private:
  /// When the value is there within its stage, behind which argument, and after how many adders.
  void time(std::size_t i) {
    const Value& v = program_.values[i];
    if (v.op == Opcode::previous) return;  // comes out of a register
    for (const Operand& o : v.args) {
      const auto a = static_cast<std::size_t>(o.value);
      if (schedule_.stage[a] != schedule_.stage[i]) continue;
      levels_[i] = std::max(levels_[i], levels_[a]);
      if (ready_[a] <= ready_[i]) continue;
      ready_[i] = ready_[a];
      before_[i] = o.value;
    }
    ready_[i] += delay_ns(model_, program_, v);
    levels_[i] += adder_levels(model_, program_, v);
  }

  std::vector<int> path_to(int end) const {
    std::vector<int> path;
    for (int id = end; id != none; id = before_[static_cast<std::size_t>(id)])
      if (delay_ns(model_, program_, program_.value(id)) > 0) path.push_back(id);
    std::reverse(path.begin(), path.end());
    return path;
  }

  /// What is kept for later events, beyond the last stage, counts there.
  void count_flip_flops(std::vector<StageTiming>& stages) const {
    const std::vector<int> last = last_use(program_, schedule_);
    for (std::size_t i = 0; i < last.size(); ++i)
      if (is_registered(program_.values[i]))
        for (int s = schedule_.stage[i]; s < last[i]; ++s)
          stages[static_cast<std::size_t>(std::min(s, schedule_.stages - 1))].flip_flops +=
              format_of(program_.values[i]).bits;
  }

  const Program& program_;
  const Schedule& schedule_;
  const DelayModel& model_;
  std::vector<double> ready_;  // [ns] after the stage began
  std::vector<int> levels_;    // adders in series since then
  std::vector<int> before_;    // the latest argument
};

}  // namespace

std::vector<StageTiming> stage_timing(const Program& program, const Schedule& schedule, const DelayModel& model) {
  return StageTimer(program, schedule, model).run();
}

std::vector<int> adder_depth(const Program& program, const DelayModel& model, bool within_layer) {
  std::vector<int> depth(program.values.size(), 0);
  for (std::size_t i = 0; i < depth.size(); ++i) {
    const Value& v = program.values[i];
    if (v.op == Opcode::previous) continue;  // of an earlier clock
    for (const Operand& o : v.args)
      if (!within_layer || program.value(o.value).layer == v.layer)
        depth[i] = std::max(depth[i], depth[static_cast<std::size_t>(o.value)]);
    depth[i] += adder_levels(model, program, v);
  }
  return depth;
}

}  // namespace lutra
