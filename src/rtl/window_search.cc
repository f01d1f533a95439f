#include "rtl/window_search.h"

#include <bit>

#include "base/error.h"
#include "ir/builder.h"

namespace lutra {
namespace {

Program frame(const WindowSearchShape& shape) {
  Program p;
  p.name = "window_search";
  p.inputs = shape.rows * shape.columns_per_clock() + 1;
  p.input_format = {1, 0, false};
  p.layers = {"search"};
  return p;
}

class SearchBuilder {
 public:
  explicit SearchBuilder(const WindowSearchShape& shape)
      : shape_(shape), chunk_(shape.columns_per_clock()), builder_(frame(shape)) {}

  Program run() && {
    for (int i = 0; i < builder_.program().inputs; ++i) builder_.input(i);
    builder_.set_layer(0);
    const int flag = shape_.rows * chunk_;
    const Best best = search(flag);
    builder_.output(flag, {1, 0, false});
    output(best.prefix);
    output(best.place);
    extract(best.place);
    return std::move(builder_).finish();
  }

 private:
  /// Of a run of steps: their sum, the largest sum of the first 1, 2, ... of them, and which that is.
  struct Best {
    int sum, prefix, place;
  };

  void output(int id) { builder_.output(id, format_of(builder_.value(id))); }

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

  int previous(int id, int times) {
    for (int i = 0; i < times; ++i) id = builder_.previous(id);
    return id;
  }

  /// Hits of a column: two tables of up to six layers each, and an adder.
  int column(int col) {
    std::vector<int> parts;
    for (int first = 0; first < shape_.rows; first += 6) {
      const int count = std::min(6, shape_.rows - first);
      std::vector<std::int64_t> ones;
      for (unsigned pattern = 0; pattern < 1u << count; ++pattern) ones.push_back(std::popcount(pattern));
      int index = (first)*chunk_ + col;
      for (int r = 1; r < count; ++r) index = builder_.sum({{index}, {(first + r) * chunk_ + col, r}}, 0, 0);
      parts.push_back(builder_.table(index, std::move(ones), 0, 0));
    }
    return total(parts);
  }

  Best search(int flag) {
    const int windows = shape_.chunks_per_window();
    std::vector<int> steps;  // hits in groups of `stride` columns
    for (int first = 0; first < chunk_; first += shape_.stride) {
      std::vector<int> columns;
      for (int c = first; c < first + shape_.stride; ++c) columns.push_back(column(c));
      steps.push_back(total(columns));
    }
    std::vector<Best> runs;
    for (const int step : steps) {
      const int change = builder_.sum({{step}, {previous(step, windows), 0, true}}, 0, 0);
      runs.push_back({change, change, builder_.constant(0, 0)});
    }
    const int chunk_hits = total(steps);
    int before = previous(chunk_hits, 1), whole = chunk_hits;
    for (int w = 2; w <= windows; ++w) before = add(before, previous(chunk_hits, w));
    for (int w = 1; w < windows; ++w) whole = add(whole, previous(chunk_hits, w));
    const Best best = largest(std::move(runs));
    const int last = builder_.constant(static_cast<std::int64_t>(steps.size()) - 1, 0);
    return {0, builder_.select(flag, whole, builder_.clamp(add(before, best.prefix), builder_.value(whole).range)),
            builder_.select(flag, last, best.place)};
  }

  /// Neighbours merge; of equal prefixes the left one wins.
  Best largest(std::vector<Best> runs) {
    for (std::size_t size = 1; runs.size() > 1; size *= 2) {
      std::vector<Best> next;
      for (std::size_t i = 0; i + 1 < runs.size(); i += 2) {
        const Best &x = runs[i], &y = runs[i + 1];
        const int reach = add(x.sum, y.prefix);
        const int right = builder_.less(x.prefix, reach);
        const int moved = builder_.sum({{y.place}}, static_cast<std::int64_t>(size), 0);
        next.push_back(
            {add(x.sum, y.sum), builder_.select(right, reach, x.prefix), builder_.select(right, moved, x.place)});
      }
      if (runs.size() % 2 == 1) next.push_back(runs.back());
      runs = std::move(next);
    }
    return runs[0];
  }

  /// Shifts every row by stride x place, then counts hits in the pooled cells.
  void extract(int place) {
    const int windows = shape_.chunks_per_window();
    std::vector<std::vector<int>> rows;
    for (int r = 0; r < shape_.rows; ++r) {
      std::vector<int> bits;  // columns from the first of window number 0
      for (int c = shape_.stride; c < (windows + 1) * chunk_; ++c)
        bits.push_back(previous(r * chunk_ + c % chunk_, windows - c / chunk_));
      rows.push_back(shift(std::move(bits), place));
    }
    for (int r = 0; r < shape_.rows; r += shape_.pool_rows)
      for (int c = 0; c < shape_.window; c += shape_.pool_cols) {
        std::vector<int> cell;
        for (int i = 0; i < shape_.pool_rows * shape_.pool_cols; ++i)
          cell.push_back(rows[static_cast<std::size_t>(r + i / shape_.pool_cols)]
                             [static_cast<std::size_t>(c + i % shape_.pool_cols)]);
        output(total(cell));
      }
  }

  std::vector<int> shift(std::vector<int> bits, int place) {
    const int places = chunk_ / shape_.stride;
    for (int b = static_cast<int>(std::bit_width(static_cast<unsigned>(places - 1))); b-- > 0;) {
      const int step = shape_.stride << b;
      const int needed = shape_.window + (step - shape_.stride);
      const int on = builder_.wrap(builder_.floor(place, b), {1, 0, false});
      std::vector<int> next;
      for (int c = 0; c < needed; ++c) {
        const auto moved = static_cast<std::size_t>(c + step);
        const int x = bits[static_cast<std::size_t>(c)];
        next.push_back(moved < bits.size() ? builder_.select(on, bits[moved], x) : x);
      }
      bits = std::move(next);
    }
    return bits;
  }

  WindowSearchShape shape_;
  int chunk_;
  Builder builder_;
};

}  // namespace

void check(const WindowSearchShape& s) {
  const auto refuse = [](const std::string& why) {
    throw Error("this window search cannot be built", why, "Change the window, its stride or the interval");
  };
  if (s.rows < 1 || s.cols < 1 || s.window < 1 || s.stride < 1 || s.pool_rows < 1 || s.pool_cols < 1 ||
      s.interval_cycles < 1)
    refuse("sizes must be positive");
  const int chunk = s.columns_per_clock();
  if (s.cols % chunk != 0 || s.window % chunk != 0)
    refuse("chunks of " + std::to_string(chunk) + " columns must tile the image and the window");
  if (chunk % s.stride != 0) refuse("the stride must divide a chunk of " + std::to_string(chunk) + " columns");
  if (s.rows % s.pool_rows != 0 || s.window % s.pool_cols != 0) refuse("pooling must divide the window");
}

Program window_search_program(const WindowSearchShape& shape) {
  check(shape);
  return SearchBuilder(shape).run();
}

}  // namespace lutra
