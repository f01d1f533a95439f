#include "compile/lower.h"

#include <algorithm>
#include <bit>
#include <map>
#include <span>

#include "base/contract.h"
#include "compile/clock_logic.h"
#include "compile/quantize_sum.h"
#include "compile/unshare.h"
#include "model/unroll.h"

namespace lutra {
namespace {

Program frame(const Network& network, bool serial_input) {
  Program p;
  p.name = network.name;
  p.inputs = network.input.size();
  p.input_format = network.input_format;
  for (const Layer& l : network.layers) p.layers.push_back(l.name);
  if (serial_input) p.layers.push_back("input one after the other");
  return p;
}

constexpr double most_pairs_to_try_twice = 2e6;

/// Pairs of digits in rows: what share_sums() has to count.
double pairs_of(const LinearSystem& system) {
  double pairs = 0;
  for (const auto& row : system.rows) pairs += 0.5 * static_cast<double>(row.size()) * static_cast<double>(row.size());
  return pairs;
}

class Lowerer {
 public:
  Lowerer(const Network& network, const LoweringOptions& options)
      : network_(network),
        options_(options),
        unrolled_(unroll(network)),
        builder_(frame(network, !options.serial.empty() && options.serial[0].lanes > 0)) {}

  Program run(const Progress& progress) && {
    std::vector<int> map;
    for (int i = 0; i < unrolled_.inputs; ++i) {
      push({builder_.input(i, options_.input_range), 0});
      map.push_back(i);
    }
    builder_.set_layer(static_cast<int>(network_.layers.size()));
    hand_on(0, network_.input, map);
    const std::vector<Node>& nodes = unrolled_.nodes;
    std::size_t done = 0;
    for (std::size_t layer = 0; layer < network_.layers.size(); ++layer) {
      progress("compiling layers", layer, network_.layers.size());
      std::size_t end = done;
      while (end < nodes.size() && nodes[end].layer == static_cast<int>(layer)) ++end;
      builder_.set_layer(static_cast<int>(layer));
      if (end > done) lower_layer({nodes.data() + done, end - done}, unrolled_.shapes[layer]);
      hand_on(layer + 1, unrolled_.shapes[layer], unrolled_.layer_elements[layer]);
      done = end;
    }
    output();
    return std::move(builder_).finish();
  }

 private:
  void push(const Element& element) {
    elements_.push_back(element);
    note(element);
  }
  void note(const Element& e) {
    clocks_of_[e.value].push_back(e.clock);
    const Value& v = builder_.value(e.value);
    if (v.range.lo == v.range.hi) constants_[e.value] = v.range.lo;
  }
  const Element& element(int id) const { return elements_[static_cast<std::size_t>(id)]; }

  /// Takes a map apart if the options say so.
  void hand_on(std::size_t map_index, const Shape& shape, const std::vector<int>& ids) {
    if (map_index >= options_.serial.size() || options_.serial[map_index].lanes == 0) return;
    const Serial& serial = options_.serial[map_index];
    std::vector<Element> map;
    for (const int id : ids) map.push_back(element(id));
    map = serialise(builder_, shape, map, serial.axis, serial.lanes);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      elements_[static_cast<std::size_t>(ids[i])] = map[i];
      note(map[i]);
    }
  }

  /// All outputs in the clock of the last one.
  void output() {
    const std::vector<int>& ids = unrolled_.layer_elements.back();
    int clock = 0;
    for (const int id : ids) clock = std::max(clock, element(id).clock);
    for (const int id : ids)
      output(builder_.previous(element(id).value, clock - element(id).clock),
             unrolled_.formats[static_cast<std::size_t>(id)]);
    builder_.set_clocks(options_.interval, clock);
  }

  /// The network's range analysis may know a tighter range than the adder graph's intervals do.
  void output(int value, Format format) {
    const Interval fits = interval_of(format);
    const Interval range = builder_.value(value).range;
    builder_.output(fits.contains(range.lo) && fits.contains(range.hi) ? value : builder_.clamp(value, fits), format);
  }

  void lower_layer(std::span<const Node> nodes, const Shape& shape) {
    const Folding folding = fold(nodes, shape, {elements_, clocks_of_, constants_, options_.interval});
    const std::vector<int> values =
        nodes[0].kind == Node::Kind::linear ? lower_linear(folding.slots) : lower_others(folding.slots);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      push({values[static_cast<std::size_t>(folding.slot[i])], folding.clock[i]});
  }

  /// The term's value without its delay: what it must be where a node does not have it, too.
  int source(const Slot& slot, const FoldedTerm& t) {
    if (!t.padded) return t.value;
    std::vector<int> clocks = clocks_of_.at(t.value);
    std::sort(clocks.begin(), clocks.end());
    clocks.erase(std::unique(clocks.begin(), clocks.end()), clocks.end());
    return ClockLogic(builder_).mask(t.value, clocks, padding(slot));
  }

  /// What changes nothing: 0 in a sum, the least of all terms where the largest is sought.
  std::int64_t padding(const Slot& slot) const {
    if (slot.node->kind == Node::Kind::linear) return 0;
    std::int64_t least = builder_.value(slot.terms[0].value).range.lo;
    for (const FoldedTerm& t : slot.terms) least = std::min(least, builder_.value(t.value).range.lo);
    return least;
  }

  std::vector<int> arguments(const Slot& slot) {
    std::vector<int> values;
    for (const FoldedTerm& t : slot.terms) values.push_back(builder_.previous(source(slot, t), t.delay));
    return values;
  }

  std::vector<int> lower_others(const std::vector<Slot>& slots) {
    std::vector<int> values;
    for (const Slot& s : slots) {
      const std::vector<int> args = arguments(s);
      switch (s.node->kind) {
        case Node::Kind::linear:
          break;
        case Node::Kind::max:
          values.push_back(lower_max(args));
          break;
        case Node::Kind::argmax:
          values.push_back(lower_argmax(*s.node, args));
          break;
        case Node::Kind::table:
          values.push_back(lower_table(*s.node, args[0]));
          break;
      }
    }
    return values;
  }

  /// All rows of a layer together, so that sums are shared between neighbouring positions.
  std::vector<int> lower_linear(const std::vector<Slot>& slots) {
    std::map<int, int> local;
    std::vector<int> inputs;
    std::vector<Row> rows;
    for (const Slot& s : slots) {
      Row& row = rows.emplace_back();
      for (const FoldedTerm& t : s.terms) {
        const int value = source(s, t);
        const auto [place, is_new] = local.try_emplace(value, static_cast<int>(inputs.size()));
        if (is_new) inputs.push_back(value);
        row.terms.push_back({place->second, t.delay, t.weight});
        row.products = row.products + builder_.value(value).range * t.weight;
      }
    }
    return add_up(slots, rows, inputs);
  }

  /// One row of a layer: its products and the range of their sum.
  struct Row {
    std::vector<LinearTerm> terms;
    Interval products{0, 0};
  };

  std::vector<int> add_up(const std::vector<Slot>& slots, const std::vector<Row>& rows,
                          const std::vector<int>& inputs) {
    std::vector<SumQuantizer> quantizers;
    std::vector<RowTarget> targets;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      quantizers.emplace_back(*slots[i].node, rows[i].products);
      targets.push_back(quantizers.back().target());
    }
    const SharedSystem shared = cheapest_system(rows, inputs, targets);
    AdderMaker adders(builder_, inputs, options_.adders);
    adders.add_shared(shared.shared);
    std::vector<int> values;
    for (std::size_t i = 0; i < slots.size(); ++i)
      values.push_back(quantizers[i].finish(builder_, adders.add_row(shared.rows[i], targets[i])));
    return values;
  }

  /// Shared sums for either way of writing 3; for one of them where sharing takes minutes.
  SharedSystem cheapest_system(const std::vector<Row>& rows, const std::vector<int>& inputs,
                               const std::vector<RowTarget>& targets) const {
    std::vector<Interval> ranges;
    for (const int i : inputs) ranges.push_back(builder_.value(i).range);
    PricedSystem best;
    for (const bool low_threes : {false, true}) {
      LinearSystem system;
      for (const Interval& range : ranges) system.inputs.push_back({range, 0});
      for (const Row& row : rows) {
        auto& digits = system.rows.emplace_back();
        for (const LinearTerm& t : row.terms)
          for (const Digit& d : signed_digits(t.input, t.coefficient, t.delay, low_threes)) digits.push_back(d);
      }
      PricedSystem made = unshare_sums(share_sums(system, options_.sharing), ranges, targets, options_.adders,
                                       !options_.sharing.unshare);
      if (!low_threes || made.luts < best.luts) best = std::move(made);
      if (pairs_of(system) > most_pairs_to_try_twice) break;
    }
    return std::move(best.system);
  }

  int lower_max(std::vector<int> values) {
    while (values.size() > 1) {
      std::vector<int> next;
      for (std::size_t i = 0; i + 1 < values.size(); i += 2) next.push_back(builder_.max(values[i], values[i + 1]));
      if (values.size() % 2 == 1) next.push_back(values.back());
      values = std::move(next);
    }
    return values[0];
  }

  /// A tree of (value, position) pairs in order: the right one wins only when it is strictly larger.
  int lower_argmax(const Node& n, const std::vector<int>& args) {
    struct Pair {
      int value, position;
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < n.terms.size(); ++i) {
      const Term& t = n.terms[i];
      const int shift = std::countr_zero(static_cast<std::uint64_t>(t.weight));
      pairs.push_back(
          {builder_.sum({{args[i], shift}}, 0, n.frac), builder_.constant(static_cast<std::int64_t>(i), 0)});
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

  int lower_table(const Node& n, int index) {
    const Interval range = builder_.value(index).range;
    const auto first = n.table->begin() + (range.lo - n.table_min);
    return builder_.table(index, {first, first + (range.hi - range.lo + 1)}, range.lo, n.quantizer.format.frac);
  }

  const Network& network_;
  LoweringOptions options_;
  UnrolledNetwork unrolled_;
  Builder builder_;
  std::vector<Element> elements_;  // of the unrolled network
  std::map<int, std::vector<int>> clocks_of_;
  std::map<int, std::int64_t> constants_;
};

}  // namespace

Program lower(const Network& network, const LoweringOptions& options, const Progress& progress) {
  return Lowerer(network, options).run(progress);
}

}  // namespace lutra
