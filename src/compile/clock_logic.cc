#include "compile/clock_logic.h"

#include <algorithm>

namespace lutra {
/// Of delays of `start` itself, which a reset clears: delays of what follows from it would outlive the reset.
int ClockLogic::any_of(const std::vector<int>& clocks) {
  if (clocks.size() == 1) return builder_.previous(builder_.start(), clocks[0]);
  const auto middle = clocks.begin() + static_cast<std::ptrdiff_t>(clocks.size() / 2);
  const int early = any_of({clocks.begin(), middle}), late = any_of({middle, clocks.end()});
  return builder_.select(early, builder_.constant(1, 0), late);
}

int ClockLogic::mask(int value, const std::vector<int>& clocks, std::int64_t padding) {
  return builder_.select(any_of(clocks), value, builder_.constant(padding, builder_.value(value).frac));
}

int ClockLogic::choose(int first, const std::vector<int>& options) {
  std::vector<int> level = options;
  for (int bit = 0; level.size() > 1; ++bit) {
    std::vector<int> odd;  // clocks in which this bit of the index is 1
    for (int i = 0; i < static_cast<int>(options.size()); ++i)
      if ((i >> bit & 1) != 0) odd.push_back(first + i);
    const int upper = any_of(odd);
    std::vector<int> next;
    for (std::size_t i = 0; i + 1 < level.size(); i += 2)
      next.push_back(builder_.select(upper, level[i + 1], level[i]));
    if (level.size() % 2 == 1) next.push_back(level.back());
    level = std::move(next);
  }
  return level[0];
}

int ClockLogic::shift_out(int first, const std::vector<int>& options) {
  const int load = builder_.previous(builder_.start(), first);
  int stage = options.back();
  for (std::size_t i = options.size() - 1; i-- > 0;)
    stage = builder_.select(load, options[i], builder_.previous(stage));
  return stage;
}

namespace {

class Serialiser {
 public:
  Serialiser(Builder& builder, const Shape& shape, const std::vector<Element>& map, Axis axis, int lanes)
      : builder_(builder), shape_(shape), map_(map), axis_(axis), lanes_(lanes) {}

  std::vector<Element> run() {
    bool together = true;
    for (std::size_t i = 0; i < map_.size(); ++i) {
      first_ = std::max(first_, map_[i].clock - group(static_cast<int>(i)));
      together = together && map_[i].clock == map_[0].clock;
    }
    if (together) first_ = map_[0].clock;
    std::vector<Element> result(map_.size());
    for (int start = 0; start < static_cast<int>(map_.size()); ++start) {
      if (along(start) >= lanes_) continue;
      std::vector<int> members;
      for (int a = along(start); a < length(); a += lanes_) members.push_back(start + (a - along(start)) * stride());
      const int value = lane(members, together);
      for (std::size_t g = 0; g < members.size(); ++g)
        result[static_cast<std::size_t>(members[g])] = {value, first_ + static_cast<int>(g)};
    }
    return result;
  }

 private:
  int length() const { return length_along(shape_, axis_); }
  int stride() const { return axis_ == Axis::columns ? 1 : shape_.cols; }
  int along(int index) const { return index / stride() % length(); }
  int group(int index) const { return along(index) / lanes_; }

  int lane(const std::vector<int>& members, bool together) {
    ClockLogic clocks(builder_);
    std::vector<int> options;
    for (std::size_t g = 0; g < members.size(); ++g) {
      const Element& e = map_[static_cast<std::size_t>(members[g])];
      options.push_back(together ? e.value : builder_.previous(e.value, first_ + static_cast<int>(g) - e.clock));
    }
    return together ? clocks.shift_out(first_, options) : clocks.choose(first_, options);
  }

  Builder& builder_;
  Shape shape_;
  const std::vector<Element>& map_;
  Axis axis_;
  int lanes_;
  int first_ = 0;  // clock of the first group
};

}  // namespace

std::vector<Element> serialise(Builder& builder, const Shape& shape, const std::vector<Element>& map, Axis axis,
                               int lanes) {
  return Serialiser(builder, shape, map, axis, lanes).run();
}

}  // namespace lutra
