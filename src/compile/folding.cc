#include "compile/folding.h"

#include <algorithm>

namespace lutra {
namespace {

/// Positions are computed `lanes` per group, a group every `step` clocks.
struct Pace {
  Axis axis = Axis::columns;
  int lanes = 1;
  int step = 1;
};

bool same_rule(const Node& a, const Node& b) {
  return a.kind == b.kind && a.bias == b.bias && a.frac == b.frac && a.relu == b.relu && a.quantized == b.quantized &&
         a.quantizer == b.quantizer && a.table_min == b.table_min &&
         (a.table == b.table || (a.table != nullptr && b.table != nullptr && *a.table == *b.table));
}

class Folder {
 public:
  Folder(std::span<const Node> nodes, const Shape& shape, const FoldingContext& context)
      : nodes_(nodes), shape_(shape), context_(context) {}

  Folding run() const {
    std::optional<Folding> best;
    for (const Axis axis : {Axis::columns, Axis::rows}) {
      const int length = length_along(shape_, axis);
      for (int lanes = 1; lanes < length && context_.interval > 1; ++lanes) {
        if (const int slots = static_cast<int>(nodes_.size()) / length * lanes;
            best && slots >= static_cast<int>(best->slots.size()))
          break;
        const int groups = (length + lanes - 1) / lanes;
        for (int step = 1; step * (groups - 1) < context_.interval; ++step)
          if (auto folding = attempt({axis, lanes, step})) {
            best = std::move(folding);
            break;
          }
      }
    }
    return best ? std::move(*best) : unfolded();
  }

 private:
  const Element& element(const Term& t) const { return context_.elements[static_cast<std::size_t>(t.element)]; }

  int ready(const Node& n) const {
    int clock = 0;
    for (const Term& t : n.terms)
      if (!context_.constants.contains(element(t).value)) clock = std::max(clock, element(t).clock);
    return clock;
  }

  /// The node's terms as seen from the clock in which it is computed; those of equal values merge.
  std::optional<std::vector<FoldedTerm>> terms_of(const Node& n, int clock) const {
    std::vector<FoldedTerm> terms;
    std::map<std::pair<int, int>, std::size_t> places;
    for (const Term& t : n.terms) {
      const auto constant = context_.constants.find(element(t).value);
      const bool sum = n.kind == Node::Kind::linear;
      if (sum && constant != context_.constants.end() && constant->second == 0) continue;
      const int delay = constant != context_.constants.end() ? 0 : clock - element(t).clock;
      if (delay < 0) return {};
      const auto [place, is_new] = places.try_emplace({element(t).value, delay}, terms.size());
      if (is_new || n.kind == Node::Kind::argmax)
        terms.push_back({element(t).value, delay, t.weight, false});
      else if (sum)  // the largest of equal values is one of them
        terms[place->second].weight += t.weight;
    }
    return terms;
  }

  Folding unfolded() const {
    Folding folding;
    int clock = 0;
    for (const Node& n : nodes_) clock = std::max(clock, ready(n));
    for (const Node& n : nodes_) {
      folding.slot.push_back(static_cast<int>(folding.slots.size()));
      folding.slots.push_back({&n, *terms_of(n, clock)});
      folding.clock.push_back(clock);
    }
    return folding;
  }

  /// Slot and group of a node from its place in the map.
  std::pair<int, int> place(int index, const Pace& pace) const {
    const int col = index % shape_.cols, row = index / shape_.cols % shape_.rows;
    const int channel = index / (shape_.cols * shape_.rows);
    const bool columns = pace.axis == Axis::columns;
    const int along = columns ? col : row, across = columns ? row : col;
    const int slot = (channel * (columns ? shape_.rows : shape_.cols) + across) * pace.lanes + along % pace.lanes;
    return {slot, along / pace.lanes};
  }

  std::optional<Folding> attempt(const Pace& pace) const {
    int first = 0;
    const auto count = static_cast<int>(nodes_.size());
    for (int i = 0; i < count; ++i)
      first = std::max(first, ready(nodes_[static_cast<std::size_t>(i)]) - pace.step * place(i, pace).second);
    Folding folding;
    folding.slots.resize(nodes_.size() / static_cast<std::size_t>(length_along(shape_, pace.axis)) *
                         static_cast<std::size_t>(pace.lanes));
    std::vector<std::vector<std::pair<int, std::vector<FoldedTerm>>>> members(folding.slots.size());
    for (int i = 0; i < count; ++i) {
      const Node& node = nodes_[static_cast<std::size_t>(i)];
      const auto [slot, group] = place(i, pace);
      const int clock = first + pace.step * group;
      Slot& s = folding.slots[static_cast<std::size_t>(slot)];
      if (s.node == nullptr) s.node = &node;
      auto terms = terms_of(node, clock);
      if (!terms || !same_rule(*s.node, node) || !merge(s.terms, *terms)) return {};
      members[static_cast<std::size_t>(slot)].emplace_back(clock, std::move(*terms));
      folding.slot.push_back(slot);
      folding.clock.push_back(clock);
    }
    for (std::size_t s = 0; s < members.size(); ++s) {
      bool complete = false;
      for (const auto& [clock, terms] : members[s]) {
        if (!pad(folding.slots[s], terms, clock)) return {};
        complete = complete || terms.size() == folding.slots[s].terms.size();
      }
      if (!complete) return {};
    }
    return folding;
  }

  static const FoldedTerm* find(const std::vector<FoldedTerm>& terms, const FoldedTerm& wanted) {
    for (const FoldedTerm& t : terms)
      if (t.value == wanted.value && t.delay == wanted.delay) return &t;
    return nullptr;
  }

  /// Adds new terms to the slot's; false when a weight differs.
  static bool merge(std::vector<FoldedTerm>& all, const std::vector<FoldedTerm>& terms) {
    for (const FoldedTerm& t : terms) {
      const FoldedTerm* same = find(all, t);
      if (same == nullptr)
        all.push_back(t);
      else if (same->weight != t.weight)
        return false;
    }
    return true;
  }

  /// Terms that this node lacks must be padding: nothing of this or another event may be there in that clock.
  bool pad(Slot& slot, const std::vector<FoldedTerm>& terms, int clock) const {
    if (terms.size() == slot.terms.size()) return true;
    for (FoldedTerm& t : slot.terms) {
      if (find(terms, t) != nullptr) continue;
      const auto clocks = context_.clocks_of.find(t.value);
      // A constant is there in every clock, so no clock can tell where it is padding.
      if (clocks == context_.clocks_of.end() || context_.constants.contains(t.value)) return false;
      for (const int k : clocks->second)
        if ((clock - t.delay - k) % context_.interval == 0) return false;
      t.padded = true;
    }
    return true;
  }

  std::span<const Node> nodes_;
  Shape shape_;
  const FoldingContext& context_;
};

}  // namespace

int length_along(const Shape& shape, Axis axis) { return axis == Axis::columns ? shape.cols : shape.rows; }

Folding fold(std::span<const Node> nodes, const Shape& shape, const FoldingContext& context) {
  return Folder(nodes, shape, context).run();
}

}  // namespace lutra
