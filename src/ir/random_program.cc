#include "ir/random_program.h"

#include <algorithm>

#include "base/random.h"
#include "ir/builder.h"

namespace lutra {
namespace {

class Maker {
 public:
  Maker(std::uint64_t seed, const RandomProgramOptions& options)
      : random_(seed, RandomStream::verify, 1), options_(options), builder_(frame()) {}

  Program make() {
    for (int i = 0; i < options_.inputs; ++i) values_.push_back(builder_.input(i));
    builder_.set_layer(0);
    for (int i = 0; i < options_.values; ++i) add();
    for (int i = 0; i < 3; ++i) {
      const int id =
          values_[values_.size() - 1 - static_cast<std::size_t>(below(std::min(5, static_cast<int>(values_.size()))))];
      builder_.output(id, format_of(builder_.value(id)));
    }
    return std::move(builder_).finish();
  }

 private:
  Program frame() {
    Program p;
    p.name = "random program";
    p.inputs = options_.inputs;
    p.input_format = {1 + below(5), below(4), random_.chance(0.5)};
    p.layers = {"only layer"};
    return p;
  }

  int below(int n) { return static_cast<int>(random_.below(static_cast<std::uint32_t>(n))); }
  int any() { return values_[static_cast<std::size_t>(below(static_cast<int>(values_.size())))]; }
  int bits(int id) const { return format_of(builder_.value(id)).bits; }
  int frac(int id) const { return builder_.value(id).frac; }

  void add() {
    const int x = any();
    switch (below(11)) {
      case 0:
        return values_.push_back(builder_.constant(below(200) - 100, below(3)));
      case 1:
        return keep(builder_.floor(x, below(4)));
      case 2:
        return keep(builder_.even(x, 1 + below(3)));
      case 3:
        return add_clamp(x);
      case 4:
        return keep(builder_.wrap(x, {1 + below(6), 0, random_.chance(0.5)}));
      case 5:
        return keep(builder_.max(x, any()));
      case 6:
        return keep(builder_.less(x, any()));
      case 7:
        return keep(builder_.select(x, any(), any()));
      case 8:
        return add_table(x);
      default:
        return add_sum(1 + below(3));
    }
  }

  void keep(int id) { values_.push_back(id); }

  void add_clamp(int x) {
    const std::int64_t lo = below(40) - 20;
    const std::int64_t hi = random_.chance(0.5) ? lo + below(30) : lo + (1 << below(5)) - 1;
    keep(builder_.clamp(x, {lo, hi}));
  }

  void add_table(int x) {
    if (bits(x) > 6) return;
    const Interval range = builder_.value(x).range;
    std::vector<std::int64_t> entries;
    for (std::int64_t v = range.lo; v <= range.hi; ++v) entries.push_back(below(60) - 30);
    keep(builder_.table(x, std::move(entries), range.lo, 2));
  }

  void add_sum(int operands) {
    std::vector<Operand> args;
    for (int i = 0; i < operands; ++i) {
      const Operand o{any(), below(4), random_.chance(0.4)};
      if (bits(o.value) + o.shift + 2 <= options_.max_bits) args.push_back(o);
    }
    if (!args.empty()) keep(builder_.sum(std::move(args), random_.chance(0.5) ? below(64) - 32 : 0, frac(any())));
  }

  Random random_;
  RandomProgramOptions options_;
  Builder builder_;
  std::vector<int> values_;
};

}  // namespace

Program random_program(std::uint64_t seed, const RandomProgramOptions& options) { return Maker(seed, options).make(); }

std::vector<std::vector<std::int64_t>> random_events(const Program& program, std::uint64_t seed, std::size_t events) {
  std::vector<Interval> ranges(static_cast<std::size_t>(program.inputs), interval_of(program.input_format));
  for (const Value& v : program.values)
    if (v.op == Opcode::input) ranges[static_cast<std::size_t>(v.a)] = v.range;
  std::vector<std::vector<std::int64_t>> all;
  for (std::size_t e = 0; e < events; ++e) {
    Random random(seed, RandomStream::verify, e + 2);
    auto& event = all.emplace_back();
    for (const Interval& r : ranges) {
      const std::int64_t value = r.lo + random.below(static_cast<std::uint32_t>(r.hi - r.lo + 1));
      event.push_back(e == 0 ? r.lo : e == 1 ? r.hi : value);
    }
  }
  return all;
}

}  // namespace lutra
