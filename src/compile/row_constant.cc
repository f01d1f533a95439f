#include "compile/row_constant.h"

namespace lutra {
namespace {

int bits_of(Interval range) { return smallest_format(range, 0).bits; }

class ConstantSpreader {
 public:
  ConstantSpreader(AdderTree& tree, const std::vector<Interval>& parts, const AdderOptions& options)
      : tree_(tree), parts_(parts), options_(options), places_(tree.adders.size()) {
    for (std::size_t a = places_.size(); a-- > 0;)
      for (const Digit& d : tree_.adders[a].operands)
        if (d.signal >= part_count())
          places_[static_cast<std::size_t>(d.signal - part_count())] = {a, d.negative, d.shift + places_[a].shift,
                                                                        d.negative != places_[a].negative};
  }

  void run() {
    TreeAdder& last = tree_.adders.back();
    const int before = luts_of(last), bits = bits_of(last.range);
    const std::int64_t free = free_addend(fields_of(last));
    for (int bit = 0; bit < bits; ++bit)
      if (((last.addend - free) >> bit & 1) != 0) move(bit);
    const SumPlan plan = plan_of(last);
    tree_.luts += sum_luts(plan, options_.three_inputs) - before;
    tree_.last_in_series = plan.rows.size() > 3;
  }

 private:
  /// Where an adder's result goes: to its user, and from there to the last adder.
  struct Place {
    std::size_t user = 0;
    bool subtracted = false;  // by the user
    int shift = 0;
    bool negative = false;
  };

  int part_count() const { return static_cast<int>(parts_.size()); }

  std::vector<Field> fields_of(const TreeAdder& adder) const {
    std::vector<Field> fields;
    for (const Digit& d : adder.operands) {
      const bool is_part = d.signal < part_count();
      const Interval range = is_part ? parts_[static_cast<std::size_t>(d.signal)]
                                     : tree_.adders[static_cast<std::size_t>(d.signal - part_count())].range;
      fields.push_back(field_of({d.signal, d.shift, d.negative}, range));
    }
    return fields;
  }

  SumPlan plan_of(const TreeAdder& adder) const {
    return plan_sum(fields_of(adder), adder.addend, bits_of(adder.range));
  }

  int luts_of(const TreeAdder& adder) const { return sum_luts(plan_of(adder), options_.three_inputs); }

  void move(int bit) {
    for (std::size_t a = 0; a + 1 < places_.size(); ++a)
      if (places_[a].shift <= bit && take(a, std::int64_t{1} << (bit - places_[a].shift))) {
        const std::int64_t moved = std::int64_t{1} << bit;
        tree_.adders.back().addend += places_[a].negative ? moved : -moved;
        return;
      }
  }

  /// Adds to an adder's constant if that costs nothing, there or by a wider result up to the last adder.
  bool take(std::size_t adder, std::int64_t constant) {
    TreeAdder changed = tree_.adders[adder];
    changed.addend += constant;
    changed.range = changed.range + Interval{constant, constant};
    if (bits_of(changed.range) != bits_of(tree_.adders[adder].range)) return false;
    if (luts_of(changed) > luts_of(tree_.adders[adder])) return false;
    if (!shift_ranges(adder, constant, false)) return false;
    shift_ranges(adder, constant, true);
    tree_.adders[adder].addend += constant;
    return true;
  }

  /// Ranges of the adder and its users but the last, moved by a constant; false when one would change its format.
  bool shift_ranges(std::size_t adder, std::int64_t constant, bool apply) {
    for (; adder + 1 < places_.size(); adder = places_[adder].user) {
      Interval& range = tree_.adders[adder].range;
      const Interval moved = range + Interval{constant, constant};
      if (moved.lo < 0 || bits_of(moved) != bits_of(range)) return false;
      if (apply) range = moved;
      const Place& place = places_[adder];
      const Place& user = places_[place.user];
      constant = constant << (place.shift - user.shift);
      if (place.subtracted) constant = -constant;
    }
    return true;
  }

  AdderTree& tree_;
  const std::vector<Interval>& parts_;
  const AdderOptions& options_;
  std::vector<Place> places_;  // [adders]
};

}  // namespace

void spread_constant(AdderTree& tree, const std::vector<Interval>& parts, const AdderOptions& options) {
  ConstantSpreader(tree, parts, options).run();
}

}  // namespace lutra
