#include "compile/unshare.h"

#include <algorithm>
#include <numeric>

namespace lutra {
namespace {

constexpr int most_sweeps = 8;
constexpr double least_gain = 0.01;
constexpr double hopeless = -2;  // users hardly ever get cheaper by getting longer

using Digits = std::vector<Digit>;

/// Rows and shared sums alike are nodes: the sums first.
class Unsharer {
 public:
  Unsharer(SharedSystem system, const std::vector<Interval>& inputs, const std::vector<RowTarget>& targets,
           const AdderOptions& options)
      : planner_(inputs, options), targets_(targets), inputs_(inputs.size()), sums_(system.shared.size()) {
    nodes_ = std::move(system.shared);
    nodes_.insert(nodes_.end(), system.rows.begin(), system.rows.end());
    for (std::size_t i = 0; i < inputs_; ++i) signals_.push_back(planner_.input(static_cast<int>(i)));
    users_.resize(sums_);
    worth_a_try_.assign(sums_, true);
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      for (const Digit& d : nodes_[n]) note_user(d.signal, n);
      const AdderTree tree = plan(nodes_[n], n);
      cost_.push_back(tree.luts);
      if (n < sums_) signals_.push_back(tree.result.signal);
    }
  }

  PricedSystem run(bool price_only) && {
    for (int sweep = 0; sweep < most_sweeps && !price_only; ++sweep) {
      bool changed = false;
      for (std::size_t s = sums_; s-- > 0;) changed = attempt(s) || changed;
      if (!changed) break;
    }
    const double luts = std::accumulate(cost_.begin(), cost_.end(), 0.0);
    return {result(), luts};
  }

 private:
  int signal_of(std::size_t sum) const { return static_cast<int>(inputs_ + sum); }

  AdderTree plan(const Digits& digits, std::size_t node) const {
    std::vector<TreePart> parts;
    for (const Digit& d : digits)
      parts.push_back({signals_[static_cast<std::size_t>(d.signal)], d.shift, d.negative, d.delay});
    if (node < sums_) return planner_.plan(parts, {});
    return planner_.plan(parts, targets_[node - sums_]);
  }

  bool is_sum(int signal) const { return signal >= static_cast<int>(inputs_); }
  std::size_t sum_of(int signal) const { return static_cast<std::size_t>(signal) - inputs_; }

  void note_user(int signal, std::size_t user) {
    if (!is_sum(signal)) return;
    std::vector<std::size_t>& users = users_[sum_of(signal)];
    if (std::find(users.begin(), users.end(), user) == users.end()) users.push_back(user);
  }

  /// The digits with those of the sum in its place.
  Digits opened(const Digits& digits, std::size_t sum) const {
    Digits result;
    for (const Digit& d : digits) {
      if (d.signal != signal_of(sum)) {
        result.push_back(d);
        continue;
      }
      for (const Digit& part : nodes_[sum])
        result.push_back({part.signal, part.shift + d.shift, part.negative != d.negative, part.delay + d.delay});
    }
    return result;
  }

  bool attempt(std::size_t sum) {
    if (nodes_[sum].empty() || !worth_a_try_[sum]) return false;
    worth_a_try_[sum] = false;
    std::vector<std::size_t>& users = users_[sum];
    std::erase_if(users, [&](std::size_t u) { return nodes_[u].empty(); });
    double gain = cost_[sum];
    std::vector<Digits> digits;
    std::vector<AdderTree> trees;
    for (const std::size_t u : users) {
      digits.push_back(opened(nodes_[u], sum));
      trees.push_back(plan(digits.back(), u));
      gain += cost_[u] - trees.back().luts;
      if (gain < hopeless) return false;
    }
    if (gain < least_gain) return false;
    for (std::size_t i = 0; i < users.size(); ++i) replace(users[i], std::move(digits[i]), trees[i]);
    nodes_[sum].clear();
    cost_[sum] = 0;
    return true;
  }

  void replace(std::size_t node, Digits digits, const AdderTree& tree) {
    nodes_[node] = std::move(digits);
    cost_[node] = tree.luts;
    if (node < sums_) {
      signals_[inputs_ + node] = tree.result.signal;
      worth_a_try_[node] = true;
    }
    for (const Digit& d : nodes_[node]) {
      note_user(d.signal, node);
      if (is_sum(d.signal)) worth_a_try_[sum_of(d.signal)] = true;
    }
  }

  SharedSystem result() {
    SharedSystem system;
    std::vector<int> place(signals_.size());
    for (std::size_t i = 0; i < place.size(); ++i) place[i] = static_cast<int>(i);
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      for (Digit& d : nodes_[n]) d.signal = place[static_cast<std::size_t>(d.signal)];
      if (n >= sums_) {
        system.rows.push_back(std::move(nodes_[n]));
      } else if (!nodes_[n].empty()) {
        place[inputs_ + n] = static_cast<int>(inputs_ + system.shared.size());
        system.shared.push_back(std::move(nodes_[n]));
      }
    }
    return system;
  }

  TreePlanner planner_;
  const std::vector<RowTarget>& targets_;
  std::size_t inputs_, sums_;
  std::vector<Digits> nodes_;
  std::vector<double> cost_;                     // [nodes] LUT
  std::vector<std::vector<std::size_t>> users_;  // [sums] nodes; sums that are gone stay
  std::vector<bool> worth_a_try_;                // [sums] something changed
  std::vector<LinearSignal> signals_;            // inputs, then sums
};

}  // namespace

PricedSystem unshare_sums(SharedSystem system, const std::vector<Interval>& inputs,
                          const std::vector<RowTarget>& targets, const AdderOptions& options, bool price_only) {
  return Unsharer(std::move(system), inputs, targets, options).run(price_only);
}

}  // namespace lutra
