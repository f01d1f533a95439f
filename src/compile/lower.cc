#include "compile/lower.h"

#include <algorithm>
#include <bit>
#include <span>

#include "base/contract.h"
#include "compile/quantize_sum.h"
#include "model/unroll.h"

namespace lutra {
namespace {

Program frame(const Network& network) {
  Program p;
  p.name = network.name;
  p.inputs = network.input.size();
  p.input_format = network.input_format;
  for (const Layer& l : network.layers) p.layers.push_back(l.name);
  return p;
}

class Lowerer {
 public:
  Lowerer(const Network& network, const LoweringOptions& options)
      : options_(options), unrolled_(unroll(network)), builder_(frame(network)) {
    for (int i = 0; i < unrolled_.inputs; ++i) push(builder_.input(i, options.input_range), 0);
  }

  Program run(const Progress& progress) && {
    const std::vector<Node>& nodes = unrolled_.nodes;
    for (std::size_t first = 0; first < nodes.size();) {
      progress("compiling layers", first, nodes.size());
      std::size_t end = first;
      while (end < nodes.size() && nodes[end].layer == nodes[first].layer) ++end;
      builder_.set_layer(nodes[first].layer);
      lower_layer({nodes.data() + first, end - first});
      first = end;
    }
    for (const int id : unrolled_.layer_elements.back())
      builder_.output(element(id), unrolled_.formats[static_cast<std::size_t>(id)]);
    return std::move(builder_).finish();
  }

 private:
  void push(int value, int level) {
    elements_.push_back(value);
    levels_.push_back(level);
  }
  int element(int id) const { return elements_[static_cast<std::size_t>(id)]; }

  void lower_layer(std::span<const Node> nodes) {
    if (nodes[0].kind == Node::Kind::linear) return lower_linear(nodes);
    for (const Node& n : nodes) {
      switch (n.kind) {
        case Node::Kind::linear:
          break;
        case Node::Kind::max:
          push(lower_max(n), level_after(n));
          break;
        case Node::Kind::argmax:
          push(lower_argmax(n), level_after(n));
          break;
        case Node::Kind::table:
          push(lower_table(n), level_after(n));
          break;
      }
    }
  }

  /// All rows of a layer together, so that sums are shared between neighbouring positions.
  void lower_linear(std::span<const Node> nodes) {
    std::vector<int> local(elements_.size(), -1);
    LinearSystem system;
    std::vector<LinearSignal> inputs;
    for (const Node& n : nodes) {
      auto& row = system.rows.emplace_back();
      for (const Term& t : n.terms) {
        int& id = local[static_cast<std::size_t>(t.element)];
        if (id < 0) {
          id = static_cast<int>(inputs.size());
          const int level = levels_[static_cast<std::size_t>(t.element)];
          inputs.push_back({element(t.element), 0, level});
          system.inputs.push_back({builder_.value(element(t.element)).range, level});
        }
        for (const Digit& d : signed_digits(id, t.weight)) row.push_back(d);
      }
    }
    const SharedSystem shared = share_sums(system, options_.sharing);
    AdderMaker adders(builder_, std::move(inputs), options_.adders);
    adders.add_shared(shared.shared);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const SumQuantizer quantizer(nodes[i], products(nodes[i]));
      const RowResult row = adders.add_row(shared.rows[i], quantizer.target());
      push(quantizer.finish(builder_, row), level_after(nodes[i]));
    }
  }

  Interval products(const Node& n) const {
    Interval sum{0, 0};
    for (const Term& t : n.terms) sum = sum + builder_.value(element(t.element)).range * t.weight;
    return sum;
  }

  int level_after(const Node& n) const {
    int level = 0;
    for (const Term& t : n.terms) level = std::max(level, levels_[static_cast<std::size_t>(t.element)]);
    return level + 1;
  }

  int lower_max(const Node& n) {
    std::vector<int> values;
    for (const Term& t : n.terms) values.push_back(element(t.element));
    while (values.size() > 1) {
      std::vector<int> next;
      for (std::size_t i = 0; i + 1 < values.size(); i += 2) next.push_back(builder_.max(values[i], values[i + 1]));
      if (values.size() % 2 == 1) next.push_back(values.back());
      values = std::move(next);
    }
    return values[0];
  }

  /// A tree of (value, position) pairs in order: the right one wins only when it is strictly larger.
  int lower_argmax(const Node& n) {
    struct Pair {
      int value, position;
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < n.terms.size(); ++i) {
      const Term& t = n.terms[i];
      const int shift = std::countr_zero(static_cast<std::uint64_t>(t.weight));
      pairs.push_back(
          {builder_.sum({{element(t.element), shift}}, 0, n.frac), builder_.constant(static_cast<std::int64_t>(i), 0)});
    }
    while (pairs.size() > 1) {
      std::vector<Pair> next;
      for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        const Pair &x = pairs[i], &y = pairs[i + 1];
        const int right = builder_.less(x.value, y.value);
        next.push_back({builder_.max(x.value, y.value), builder_.select(right, y.position, x.position)});
      }
      if (pairs.size() % 2 == 1) next.push_back(pairs.back());
      pairs = std::move(next);
    }
    return pairs[0].position;
  }

  int lower_table(const Node& n) {
    const int index = element(n.terms[0].element);
    const Interval range = builder_.value(index).range;
    const auto first = n.table->begin() + (range.lo - n.table_min);
    return builder_.table(index, {first, first + (range.hi - range.lo + 1)}, range.lo, n.quantizer.format.frac);
  }

  LoweringOptions options_;
  UnrolledNetwork unrolled_;
  Builder builder_;
  std::vector<int> elements_;  // value of every unrolled element
  std::vector<int> levels_;    // layers before it: all inputs of a layer are taken to arrive together
};

}  // namespace

Program lower(const Network& network, const LoweringOptions& options, const Progress& progress) {
  return Lowerer(network, options).run(progress);
}

}  // namespace lutra
