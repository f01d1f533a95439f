#include <algorithm>
#include <bit>

#include "chain/window_search.h"
#include "ir/builder.h"

namespace lutra {
namespace {

Program frame(const std::string& name, int inputs) {
  Program p;
  p.name = name;
  p.inputs = inputs;
  p.input_format = {1, 0, false};
  p.layers = {name};
  return p;
}

int floor_div(int x, int y) { return (x >= 0 ? x : x - y + 1) / y; }

/// What both programs need.
class SearchBuilder {
 protected:
  SearchBuilder(const WindowSearchShape& shape, const std::string& name, int inputs)
      : shape_(shape), builder_(frame(name, inputs)) {
    for (int i = 0; i < inputs; ++i) builder_.input(i);
    builder_.set_layer(0);
  }

  int zero() { return builder_.constant(0, 0); }
  int add(int x, int y) { return builder_.sum({{x}, {y}}, 0, 0); }

  int total(std::vector<int> values) {
    while (values.size() > 1) {
      std::vector<int> next;
      for (std::size_t i = 0; i + 1 < values.size(); i += 2) next.push_back(add(values[i], values[i + 1]));
      if (values.size() % 2 == 1) next.push_back(values.back());
      values = std::move(next);
    }
    return values[0];
  }

  WindowSearchShape shape_;
  Builder builder_;
};

class ChunkBuilder : SearchBuilder {
 public:
  explicit ChunkBuilder(const WindowSearchShape& s) : SearchBuilder(s, "chunk", input_count(s)), chunk_(s.chunk()) {
    const ChunkFlags flags = chunk_flags(s);
    int next = s.rows * chunk_;
    at_first_ = flags.at_first ? next++ : builder_.constant(1, 0);
    before_first_ = flags.before_first ? next++ : zero();
    at_last_ = flags.at_last ? next++ : s.chunks() == 1 ? builder_.constant(1, 0) : zero();
    up_to_first_ = flags.before_first ? add(at_first_, before_first_) : at_first_;
  }

  Program run() && {
    const Run best = search();
    const Format hits{shape_.hits_bits(), 0, false};
    builder_.output(builder_.wrap(best.best, hits), hits);
    builder_.output(builder_.wrap(builder_.sum({{best.best}, {best.gap, 0, true}}, 0, 0), hits), hits);
    builder_.output(best.place, {std::max(shape_.place_bits(), 1), 0, false});
    const int first = first_end() - shape_.window + 1;
    for (int r = 0; r < shape_.rows; ++r)
      for (int c = first; c < first + shape_.span(); ++c)
        builder_.output(at(r * chunk_ + (c - floor_div(c, chunk_) * chunk_), floor_div(c, chunk_)), {1, 0, false});
    return std::move(builder_).finish();
  }

 private:
  /// Of a run of steps: the largest sum of its first 1, 2, ... steps, how much less all of them are, and which it is.
  struct Run {
    int best, gap, place;
    int steps;
  };

  static int input_count(const WindowSearchShape& s) {
    const ChunkFlags f = chunk_flags(s);
    return s.rows * s.chunk() + f.at_first + f.before_first + f.at_last;
  }

  /// Last column of the first window that ends in a chunk.
  int first_end() const { return (shape_.window - 1) % shape_.stride; }

  /// A value of this chunk (0) or of one before (-1, ...).
  int at(int id, int chunk) {
    for (; chunk < 0; ++chunk) id = builder_.previous(id);
    return id;
  }

  std::vector<std::int64_t> ones(int rows) const {
    std::vector<std::int64_t> entries;
    for (unsigned pattern = 0; pattern < 1u << rows; ++pattern) entries.push_back(std::popcount(pattern));
    return entries;
  }

  /// Hits of up to nine rows of a column: a table of six, then one of their number and the rest.
  int part_of_column(int col, int first, int count) {
    const auto concat = [&](int low, int low_bits, int row, int rows) {
      for (int r = 0; r < rows; ++r) low = builder_.sum({{low}, {(row + r) * chunk_ + col, low_bits + r}}, 0, 0);
      return low;
    };
    const int six = std::min(count, 6), rest = count - six;
    const int index = concat(first * chunk_ + col, 1, first + 1, six - 1);
    const int hits = six == 1 ? index : builder_.table(index, ones(six), 0, 0);
    if (rest == 0) return hits;
    std::vector<std::int64_t> entries;  // the index reaches 6 of 7
    for (std::size_t i = 0; i < std::size_t{8} << rest; ++i)
      entries.push_back(static_cast<int>(i & 7) + std::popcount(i >> 3));
    return builder_.table(concat(hits, 3, first + 6, rest), std::move(entries), 0, 0);
  }

  int column(int col) {
    std::vector<int> parts;
    for (int first = 0; first < shape_.rows; first += 9)
      parts.push_back(part_of_column(col, first, std::min(9, shape_.rows - first)));
    return total(parts);
  }

  /// Hits of a group of stride columns that ends in column `last` of this chunk, or before it when negative.
  int group(int last) {
    const int chunk = floor_div(last, chunk_);
    const int end = last - chunk * chunk_;
    std::vector<int> columns;
    for (int c = end - shape_.stride + 1; c <= end; ++c) {
      const int back = floor_div(c, chunk_);
      columns.push_back(at(column(c - back * chunk_), back));
    }
    return at(total(columns), chunk);
  }

  /// How the hits change from window j - 1 to window j of those that end in this chunk.
  int step(int j) {
    const int end = first_end() + j * shape_.stride;
    const int added = j > shape_.last_place() ? builder_.select(at_last_, zero(), group(end)) : group(end);
    const int no_drop = j <= shape_.first_place() ? up_to_first_ : before_first_;
    const int dropped = builder_.select(no_drop, zero(), group(end - shape_.window));
    return builder_.sum({{added}, {dropped, 0, true}}, 0, 0);
  }

  Run search() {
    std::vector<Run> runs;
    for (int j = 0; j < shape_.places(); ++j) runs.push_back({step(j), zero(), zero(), 1});
    while (runs.size() > 1) {
      std::vector<Run> next;
      for (std::size_t i = 0; i + 1 < runs.size(); i += 2) next.push_back(join(runs[i], runs[i + 1]));
      if (runs.size() % 2 == 1) next.push_back(runs.back());
      runs = std::move(next);
    }
    Run best = runs[0];
    best.place = builder_.select(at_first_, not_before(best.place, shape_.first_place()), best.place);
    return best;
  }

  /// Windows that begin before the image hold no more than window 0: of these equals it is the first real one.
  int not_before(int place, int first) { return builder_.max(place, builder_.constant(first, 0)); }

  /// Of equal prefixes the left one wins.
  Run join(const Run& x, const Run& y) {
    const int steps = x.steps + y.steps, most = shape_.rows * shape_.stride;
    const int t = builder_.sum({{y.best}, {x.gap, 0, true}}, 0, 0);
    const Interval range = builder_.value(t).range;
    const int up = builder_.clamp(t, {0, std::max<std::int64_t>(range.hi, 0)});
    const int moved = builder_.sum({{y.place}}, x.steps, 0);
    return {builder_.sum({{x.best}, {up}}, 0, 0, Interval{-most, steps * most}), gap(y.gap, t, range, steps, most),
            builder_.select(up, moved, x.place), steps};
  }

  /// gap + max(-t, 0): small t through a table, which needs no carry.
  int gap(int before, int t, Interval range, int steps, int most) {
    const Interval exact{0, static_cast<std::int64_t>(steps - 1) * most};
    if (builder_.value(before).range == Interval{0, 0} && format_of(builder_.value(t)).bits <= 6) {
      std::vector<std::int64_t> entries;
      for (std::int64_t v = range.lo; v <= range.hi; ++v) entries.push_back(std::max<std::int64_t>(-v, 0));
      return builder_.table(t, std::move(entries), range.lo, 0);
    }
    const int down = builder_.clamp(t, {std::min<std::int64_t>(range.lo, 0), 0});
    return builder_.sum({{before}, {down, 0, true}}, 0, 0, exact);
  }

  int chunk_;
  int at_first_, before_first_, up_to_first_, at_last_;
};

class CellBuilder : SearchBuilder {
 public:
  explicit CellBuilder(const WindowSearchShape& s) : SearchBuilder(s, "cells", input_count(s)) {}

  Program run() && {
    const int per_group = shape_.rows_per_group();
    std::vector<std::vector<int>> rows;
    for (int lane = 0; lane < per_group; ++lane) rows.push_back(shifted(lane_hits(lane)));
    for (int r = 0; r < per_group; r += shape_.pool_rows)
      for (int c = 0; c < shape_.window; c += shape_.pool_cols) {
        std::vector<int> cell;
        for (int i = 0; i < shape_.pool_rows * shape_.pool_cols; ++i)
          cell.push_back(rows[static_cast<std::size_t>(r + i / shape_.pool_cols)]
                             [static_cast<std::size_t>(c + i % shape_.pool_cols)]);
        builder_.output(total(cell), {shape_.cell_bits(), 0, false});
      }
    return std::move(builder_).finish();
  }

 private:
  static int input_count(const WindowSearchShape& s) { return s.rows * s.span() + s.place_bits() + s.groups() - 1; }

  /// Row `lane` of the group whose flag is set.
  std::vector<int> lane_hits(int lane) {
    const int first_flag = shape_.rows * shape_.span() + shape_.place_bits();
    std::vector<int> hits;
    for (int c = 0; c < shape_.span(); ++c) {
      int hit = lane * shape_.span() + c;
      for (int g = 1; g < shape_.groups(); ++g) {
        const int row = g * shape_.rows_per_group() + lane;
        if (row < shape_.rows) hit = builder_.select(first_flag + g - 1, row * shape_.span() + c, hit);
      }
      hits.push_back(hit);
    }
    return hits;
  }

  /// By stride x place columns.
  std::vector<int> shifted(std::vector<int> hits) {
    for (int b = shape_.place_bits(); b-- > 0;) {
      const int move = shape_.stride << b;
      const int needed = shape_.window + (move - shape_.stride);
      std::vector<int> next;
      for (int c = 0; c < std::min(needed, static_cast<int>(hits.size())); ++c) {
        const auto moved = static_cast<std::size_t>(c + move);
        const int hit = hits[static_cast<std::size_t>(c)];
        next.push_back(moved < hits.size() ? builder_.select(shape_.rows * shape_.span() + b, hits[moved], hit) : hit);
      }
      hits = std::move(next);
    }
    return hits;
  }
};

}  // namespace

Program chunk_program(const WindowSearchShape& shape) {
  check(shape);
  return ChunkBuilder(shape).run();
}

Program cell_program(const WindowSearchShape& shape) {
  check(shape);
  return CellBuilder(shape).run();
}

}  // namespace lutra
