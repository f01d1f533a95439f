#include "compile/schedule.h"

#include <algorithm>
#include <limits>

#include "compile/register_cuts.h"

namespace lutra {
namespace {

class Scheduler {
 public:
  Scheduler(const Program& program, double clock_ns, const DelayModel& model)
      : program_(program), budget_(clock_ns - model.overhead_ns), count_(program.values.size()) {
    for (const Value& v : program.values) delay_.push_back(delay_ns(model, program, v));
  }

  Schedule run() && {
    place_early();
    const Schedule early = schedule_;
    move_late(false);
    if (has_clocks()) return std::move(schedule_);
    const Schedule one = cut_registers(program_, std::move(schedule_), delay_, budget_);
    schedule_ = early;
    move_late(true);
    const Schedule other = cut_registers(program_, std::move(schedule_), delay_, budget_);
    return count_registers(program_, other) < count_registers(program_, one) ? other : one;
  }

 private:
  /// Values of different clocks meet, so no cut tells what is in registers.
  bool has_clocks() const {
    return std::any_of(program_.values.begin(), program_.values.end(),
                       [](const Value& v) { return v.op == Opcode::previous || v.op == Opcode::start; });
  }
  bool is_previous(std::size_t i) const { return program_.values[i].op == Opcode::previous; }
  bool is_source(std::size_t i) const {
    return program_.values[i].op == Opcode::input || program_.values[i].op == Opcode::start;
  }
  bool is_free(int id) const {
    return program_.value(id).op == Opcode::constant || program_.value(id).op == Opcode::previous;
  }

  void place_early() {
    schedule_.stage.assign(count_, 0);
    std::vector<double> ready(count_, 0);  // when the value is there, within its stage
    for (std::size_t i = 0; i < count_; ++i) {
      int stage = 0;
      for (const Operand& o : program_.values[i].args) stage = std::max(stage, stage_of(o.value));
      double start = 0;
      if (is_previous(i)) {  // comes out of a register
        schedule_.stage[i] = stage;
        continue;
      }
      for (const Operand& o : program_.values[i].args)
        if (stage_of(o.value) == stage) start = std::max(start, ready[static_cast<std::size_t>(o.value)]);
      if (start > 0 && start + delay_[i] > budget_) {
        ++stage;
        start = 0;
      }
      schedule_.stage[i] = stage;
      ready[i] = start + delay_[i];
    }
    for (const Output& o : program_.outputs) schedule_.stages = std::max(schedule_.stages, stage_of(o.value) + 1);
  }

  int stage_of(int id) const { return schedule_.stage[static_cast<std::size_t>(id)]; }
  int bits_of(int id) const { return is_free(id) ? 0 : format_of(program_.value(id)).bits; }

  /// From the outputs backwards: users are final, arguments still early. As late as can be, or as saves registers.
  void move_late(bool always) {
    const int never = std::numeric_limits<int>::max();
    std::vector<int> first_use(count_, never);
    std::vector<double> deadline(count_, budget_);  // within the stage of the first use
    std::vector<std::vector<int>> users(count_);
    for (std::size_t i = 0; i < count_; ++i)
      for (const Operand& o : program_.values[i].args)
        users[static_cast<std::size_t>(o.value)].push_back(static_cast<int>(i));
    for (const Output& o : program_.outputs) first_use[static_cast<std::size_t>(o.value)] = schedule_.stages;
    for (std::size_t i = count_; i-- > 0;) {
      const int id = static_cast<int>(i);
      if (first_use[i] != never && !is_source(i) && !is_free(id)) {
        const bool fits = deadline[i] >= delay_[i] && first_use[i] < schedule_.stages;
        const int latest = fits ? first_use[i] : first_use[i] - 1;
        schedule_.stage[i] = always ? std::max(latest, stage_of(id)) : cheapest_stage(id, latest, users);
      }
      if (is_previous(i) && first_use[i] != never) schedule_.stage[i] = first_use[i];
      const bool bound = schedule_.stage[i] == first_use[i] && !is_previous(i);
      const double end = bound ? deadline[i] : budget_;
      for (const Operand& o : program_.values[i].args) {
        const auto a = static_cast<std::size_t>(o.value);
        if (schedule_.stage[i] < first_use[a]) {
          first_use[a] = schedule_.stage[i];
          deadline[a] = end - delay_[i];
        } else if (schedule_.stage[i] == first_use[a]) {
          deadline[a] = std::min(deadline[a], end - delay_[i]);
        }
      }
    }
  }

  /// Between the earliest stage and `latest`: registers of the value shrink, those of arguments used nowhere later
  /// grow.
  int cheapest_stage(int id, int latest, const std::vector<std::vector<int>>& users) const {
    const int earliest = stage_of(id);
    int best = earliest, best_cost = 0;
    for (int stage = earliest + 1; stage <= latest; ++stage) {
      int cost = -bits_of(id) * (stage - earliest);
      for (const Operand& o : program_.value(id).args) {
        int last = earliest;
        for (const int user : users[static_cast<std::size_t>(o.value)])
          last = std::max(last, user == id ? earliest : stage_of(user));
        cost += bits_of(o.value) * std::max(stage - last, 0);
      }
      if (cost < best_cost) best = stage, best_cost = cost;
    }
    return best;
  }

  const Program& program_;
  double budget_;
  std::size_t count_;
  std::vector<double> delay_;
  Schedule schedule_;
};

}  // namespace

Schedule make_schedule(const Program& program, double clock_ns, const DelayModel& model) {
  return Scheduler(program, clock_ns, model).run();
}

}  // namespace lutra
