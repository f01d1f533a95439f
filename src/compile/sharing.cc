#include "compile/sharing.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <queue>
#include <tuple>

#include "compile/pattern_counts.h"

namespace lutra {
namespace {

/// Two digits up to a common shift, delay and sign: x + (+-y << shift), y `delay` clocks before x; x <= y by signal,
/// then delay, then shift.
struct Pattern {
  int x = 0, y = 0, shift = 0, delay = 0;
  bool minus = false;

  bool has_key() const { return std::abs(shift) <= 62 && std::abs(delay) <= 127 && y < 1 << 24; }
  std::uint64_t key() const {
    return static_cast<std::uint64_t>(x) << 40 | static_cast<std::uint64_t>(y) << 16 |
           static_cast<std::uint64_t>(delay + 127) << 8 | static_cast<std::uint64_t>(shift + 62) << 1 |
           static_cast<std::uint64_t>(minus);
  }
};

Pattern pattern_of(const Digit& a, const Digit& b) {
  const bool swap = std::tie(a.signal, a.delay, a.shift) > std::tie(b.signal, b.delay, b.shift);
  const Digit &x = swap ? b : a, &y = swap ? a : b;
  return {x.signal, y.signal, y.shift - x.shift, y.delay - x.delay, x.negative != y.negative};
}

Pattern pattern_of_key(std::uint64_t key) {
  constexpr std::uint64_t signal_mask = (std::uint64_t{1} << 24) - 1;
  return {static_cast<int>(key >> 40), static_cast<int>(key >> 16 & signal_mask), static_cast<int>(key >> 1 & 127) - 62,
          static_cast<int>(key >> 8 & 255) - 127, (key & 1) != 0};
}

class Sharer {
 public:
  Sharer(const LinearSystem& system, const SharingOptions& options) {
    for (const LinearInput& i : system.inputs) signals_.push_back({i.range.hi - i.range.lo, i.level});
    rows_of_.resize(signals_.size());
    result_.rows = system.rows;
    set_level_limit(options.extra_levels);
    for (int r = 0; r < static_cast<int>(result_.rows.size()); ++r) index_row(r);
  }

  SharedSystem run() && {
    while (!queue_.empty()) {
      const Candidate best = queue_.top();
      queue_.pop();
      const int count = counts_.count(best.key);
      if (count < 2) continue;
      const Pattern pattern = pattern_of_key(best.key);
      const std::int64_t score = score_of(pattern, count);
      if (score < best.score) {
        if (score > 0) queue_.push({score, best.key});
        continue;
      }
      extract(pattern);
    }
    return std::move(result_);
  }

 private:
  struct Signal {
    std::int64_t span = 0;  // largest minus smallest value
    int level = 0;
  };
  struct Candidate {
    std::int64_t score = 0;
    std::uint64_t key = 0;
    bool operator<(const Candidate& o) const { return score != o.score ? score < o.score : key > o.key; }
  };
  using Row = std::vector<Digit>;

  static int bits(std::int64_t span) { return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(span))); }

  /// Bits in which the two fields of a pattern meet: the tables of its adder.
  int overlap(const Pattern& p) const {
    const int lo = std::max(p.shift, 0);
    const int hi = std::min(bits(signals_[static_cast<std::size_t>(p.x)].span),
                            bits(signals_[static_cast<std::size_t>(p.y)].span) + p.shift);
    return std::max(hi - lo, 0);
  }

  std::int64_t score_of(const Pattern& p, int count) const { return std::int64_t{count - 1} * (4 * overlap(p) + 2); }

  double weight_of(const Row& row) const {
    double sum = 0;
    for (const Digit& d : row) sum += std::exp2(signals_[static_cast<std::size_t>(d.signal)].level);
    return sum;
  }

  /// A row of digits with levels l_i can be added up within L levels when sum 2^l_i <= 2^L (Kraft).
  void set_level_limit(int extra) {
    double widest = 1;
    for (const Row& row : result_.rows) {
      weights_.push_back(weight_of(row));
      widest = std::max(widest, weights_.back());
    }
    limit_ = std::exp2(std::ceil(std::log2(widest)) + extra);
  }

  void count(const Digit& a, const Digit& b, int change) {
    const Pattern p = pattern_of(a, b);
    if (!p.has_key()) return;
    const int n = counts_.add(p.key(), change);
    if (change > 0 && n >= 2) queue_.push({score_of(p, n), p.key()});
  }

  void index_row(int r) {
    const Row& row = result_.rows[static_cast<std::size_t>(r)];
    for (std::size_t i = 0; i < row.size(); ++i) {
      rows_of_[static_cast<std::size_t>(row[i].signal)].push_back(r);
      for (std::size_t j = 0; j < i; ++j) count(row[i], row[j], 1);
    }
  }

  void remove(Row& row, std::size_t place) {
    const Digit gone = row[place];
    row.erase(row.begin() + static_cast<std::ptrdiff_t>(place));
    for (const Digit& d : row) count(gone, d, -1);
  }

  void insert(Row& row, const Digit& digit) {
    for (const Digit& d : row) count(digit, d, 1);
    row.push_back(digit);
  }

  /// Finds digits i and j of the row that match the pattern.
  static bool find(const Row& row, const Pattern& p, std::size_t& i, std::size_t& j) {
    for (i = 0; i < row.size(); ++i) {
      if (row[i].signal != p.x) continue;
      for (j = 0; j < row.size(); ++j)
        if (j != i && row[j].signal == p.y && row[j].shift - row[i].shift == p.shift &&
            row[j].delay - row[i].delay == p.delay && (row[i].negative != row[j].negative) == p.minus)
          return true;
    }
    return false;
  }

  void extract(const Pattern& p) {
    const Signal &x = signals_[static_cast<std::size_t>(p.x)], &y = signals_[static_cast<std::size_t>(p.y)];
    const Signal sum{(x.span << std::max(-p.shift, 0)) + (y.span << std::max(p.shift, 0)),
                     std::max(x.level, y.level) + 1};
    const double heavier = std::exp2(sum.level) - std::exp2(x.level) - std::exp2(y.level);
    const auto id = static_cast<int>(signals_.size());
    const auto &rows_of_x = rows_of_[static_cast<std::size_t>(p.x)],
               &rows_of_y = rows_of_[static_cast<std::size_t>(p.y)];
    std::vector<int> rows = rows_of_x.size() < rows_of_y.size() ? rows_of_x : rows_of_y;
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::vector<int> used;
    signals_.push_back(sum);
    rows_of_.emplace_back();
    for (const int r : rows) {
      Row& row = result_.rows[static_cast<std::size_t>(r)];
      std::size_t i = 0, j = 0;
      while (weights_[static_cast<std::size_t>(r)] + heavier <= limit_ && find(row, p, i, j)) {
        weights_[static_cast<std::size_t>(r)] += heavier;
        const Digit digit{id, std::min(row[i].shift, row[j].shift), row[i].negative,
                          std::min(row[i].delay, row[j].delay)};
        remove(row, std::max(i, j));
        remove(row, std::min(i, j));
        insert(row, digit);
        used.push_back(r);
      }
    }
    rows_of_.back() = used;
    counts_.add(p.key(), -counts_.count(p.key()));  // what is left of it may not be deepened
    result_.shared.push_back({{p.x, std::max(-p.shift, 0), false, std::max(-p.delay, 0)},
                              {p.y, std::max(p.shift, 0), p.minus, std::max(p.delay, 0)}});
  }

  std::vector<Signal> signals_;
  std::vector<std::vector<int>> rows_of_;
  PatternCounts counts_;
  std::vector<double> weights_;  // [rows] weight_of()
  std::priority_queue<Candidate> queue_;
  double limit_ = 0;
  SharedSystem result_;
};

}  // namespace

SharedSystem share_sums(const LinearSystem& system, const SharingOptions& options) {
  if (!options.enabled) return {{}, system.rows};
  return Sharer(system, options).run();
}

}  // namespace lutra
