#include "compile/collapse.h"

#include <algorithm>
#include <bit>

#include "compile/cleanup.h"
#include "compile/cost.h"
#include "compile/cuts.h"
#include "compile/side_by_side.h"
#include "ir/builder.h"

namespace lutra {
namespace {

constexpr double name_cost = 0.01;    // of any value, in LUT: fewer values are better
constexpr double single_cost = 0.75;  // of a function that may find another to share a LUT6_2 with
constexpr int rounds = 3;             // of area flow

/// A way to compute a value.
struct Choice {
  std::vector<int> inputs;
  double luts = 0;
  double delay_ns = 0;
  const Cut* cut = nullptr;  // none: the op as it is
};

double luts_of(const TablePlan& plan, bool paired) {
  double luts = table_luts(plan, paired);
  for (const int b : plan.singles)
    if (paired && std::popcount(plan.bits[static_cast<std::size_t>(b)].support) <= 5) luts -= 1 - single_cost;
  return luts;
}

class Collapser {
 public:
  Collapser(const Program& program, const DelayModel& model)
      : program_(program), model_(model), cuts_(find_cuts(program)), choices_(program.values.size()) {
    const std::vector<double> luts = lut_counts(program, model.three_inputs);
    for (std::size_t i = 0; i < choices_.size(); ++i) add_choices(i, luts[i]);
    chosen_.assign(choices_.size(), 0);
    for (const int uses : count_uses(program)) references_.push_back(std::max(uses, 1));
  }

  Program run() && {
    for (int round = 0; round < rounds; ++round) {
      choose_by_flow();
      count_references();
      if (round + 1 < rounds)
        for (double& r : references_) r = std::max(r, 1.0);
    }
    choose_by_area();
    return build();
  }

 private:
  void add_choices(std::size_t i, double luts) {
    const Value& v = program_.values[i];
    Choice own{{}, luts, delay_ns(model_, program_, v), nullptr};
    for (const Operand& o : v.args) own.inputs.push_back(o.value);
    const bool wires = luts == 0;
    if (wires || cuts_[i].size() < 2) choices_[i].push_back(own);
    for (const Cut& cut : cuts_[i]) {
      if (v.op == Opcode::constant || (cut.leaves.size() == 1 && cut.leaves[0] == static_cast<int>(i))) continue;
      const TablePlan plan = plan_table(truth_table(program_, v, cut));
      const double table = luts_of(plan, model_.three_inputs);
      choices_[i].push_back({cut.leaves, table, table > 0 ? model_.lut_ns : 0, &cut});
    }
    if (!wires && cuts_[i].size() >= 2) choices_[i].push_back(own);
    for (Choice& c : choices_[i]) c.luts += name_cost;
  }

  /// Area per use, everything behind it included.
  void choose_by_flow() {
    std::vector<double> flow(choices_.size(), 0), arrival(choices_.size(), 0);
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      double best_area = 0, best_arrival = 0;
      for (std::size_t c = 0; c < choices_[i].size(); ++c) {
        double area = choices_[i][c].luts, latest = 0;
        for (const int input : choices_[i][c].inputs) {
          const auto k = static_cast<std::size_t>(input);
          area += flow[k] / references_[k];
          latest = std::max(latest, arrival[k]);
        }
        latest += choices_[i][c].delay_ns;
        if (c > 0 && !better(area, latest, best_area, best_arrival)) continue;
        best_area = area;
        best_arrival = latest;
        chosen_[i] = c;
      }
      flow[i] = best_area;
      arrival[i] = best_arrival;
    }
  }

  static bool better(double area, double arrival, double best_area, double best_arrival) {
    if (area < best_area - 1e-9) return true;
    return area < best_area + 1e-9 && arrival < best_arrival - 1e-9;
  }

  const Choice& choice(std::size_t i) const { return choices_[i][chosen_[i]]; }

  void count_references() {
    references_.assign(choices_.size(), 0);
    for (const Output& o : program_.outputs) ++references_[static_cast<std::size_t>(o.value)];
    for (std::size_t i = choices_.size(); i-- > 0;)
      if (references_[i] > 0)
        for (const int input : choice(i).inputs) ++references_[static_cast<std::size_t>(input)];
  }

  /// Area that uses of these values bring with them; `by` is 1 to add the uses, -1 to take them away.
  double use(const std::vector<int>& inputs, int by) {
    double area = 0;
    for (const int input : inputs) {
      const auto i = static_cast<std::size_t>(input);
      if (by > 0 && references_[i]++ > 0) continue;
      if (by < 0 && --references_[i] > 0) continue;
      area += choice(i).luts + use(choice(i).inputs, by);
    }
    return area;
  }

  void choose_by_area() {
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      if (references_[i] == 0 || choices_[i].size() < 2) continue;
      use(choice(i).inputs, -1);
      std::size_t best = chosen_[i];
      double best_area = 0;
      for (std::size_t n = 0; n < choices_[i].size(); ++n) {
        const std::size_t c = (chosen_[i] + n) % choices_[i].size();
        const double area = choices_[i][c].luts + use(choices_[i][c].inputs, 1);
        use(choices_[i][c].inputs, -1);
        if (n > 0 && area >= best_area - 1e-9) continue;
        best = c;
        best_area = area;
      }
      chosen_[i] = best;
      use(choice(i).inputs, 1);
    }
  }

  Program build() const {
    Builder builder(empty_copy(program_));
    std::vector<int> made(choices_.size(), -1);
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      const Value& v = program_.values[i];
      if (references_[i] == 0 && v.op != Opcode::input) continue;
      builder.set_layer(v.layer);
      made[i] = choice(i).cut == nullptr ? copied(builder, v, made) : table(builder, v, *choice(i).cut, made);
    }
    for (const Output& o : program_.outputs) builder.output(made[static_cast<std::size_t>(o.value)], o.format);
    return remove_dead(std::move(builder).finish());
  }

  int copied(Builder& builder, const Value& v, const std::vector<int>& made) const {
    std::vector<int> args;
    for (const Operand& o : v.args) args.push_back(made[static_cast<std::size_t>(o.value)]);
    return builder.copy(program_, v, args);
  }

  /// A leaf may have become narrower, its place in the index stays.
  int table(Builder& builder, const Value& v, const Cut& cut, const std::vector<int>& made) const {
    std::vector<PatternPart> parts;
    for (const int leaf : cut.leaves)
      parts.push_back({made[static_cast<std::size_t>(leaf)], format_of(program_.value(leaf)).bits});
    return table_of(builder, parts, truth_table(program_, v, cut), format_of(v));
  }

  const Program& program_;
  const DelayModel& model_;
  std::vector<std::vector<Cut>> cuts_;
  std::vector<std::vector<Choice>> choices_;  // [values]
  std::vector<std::size_t> chosen_;
  std::vector<double> references_;
};

}  // namespace

Program collapse(const Program& program, const DelayModel& model) {
  Program result = Collapser(program, model).run();
  const bool fits = total_luts(result, model.three_inputs) <= total_luts(program, model.three_inputs);
  return fits ? result : program;
}

}  // namespace lutra
