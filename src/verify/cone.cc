#include "verify/cone.h"

#include "base/error.h"

namespace lutra {
namespace {

constexpr std::uint64_t max_points = std::uint64_t{1} << 24;
constexpr std::uint64_t max_image = std::uint64_t{1} << 16;
constexpr int max_ops = 8;  // of a quantizer, in a row

/// One value of the program as a function of another: ops of one argument.
class Cone {
 public:
  Cone(const ProgramForms& forms, std::vector<int> ops, std::int64_t offset)
      : program_(forms.program()), ops_(std::move(ops)), offset_(offset) {}

  /// Nothing when a table is left.
  std::optional<std::int64_t> operator()(std::int64_t sum) const {
    std::vector<std::int64_t> x{sum + offset_};
    for (const int id : ops_) {
      const Value& v = program_.value(id);
      if (v.op == Opcode::table) {
        const auto& entries = program_.tables[static_cast<std::size_t>(v.a)];
        const std::int64_t index = x[0] - v.b;
        if (index < 0 || index >= static_cast<std::int64_t>(entries.size())) return {};
      }
      x[0] = apply(program_, v, x);
    }
    return x[0];
  }

  bool is_monotonic() const {
    for (const int id : ops_) {
      const Value& v = program_.value(id);
      if (v.op == Opcode::table || v.op == Opcode::wrap) return false;
      if (v.op == Opcode::sum && v.args[0].negative) return false;
    }
    return true;
  }

 private:
  const Program& program_;
  std::vector<int> ops_;
  std::int64_t offset_;
};

class Comparison {
 public:
  Comparison(const Cone& cone, const SumFunction& function, ConeCount& count)
      : cone_(cone), function_(function), count_(count) {}

  /// The constant that the function is above the cone everywhere.
  std::optional<std::int64_t> run(Interval sums) {
    const auto first = cone_(sums.lo);
    if (!first) return {};
    constant_ = function_.apply(sums.lo) - *first;
    const bool monotonic = function_.is_monotonic && cone_.is_monotonic();
    const bool same = equal_at(sums.hi) && (monotonic ? equal_between(sums.lo, sums.hi) : equal_at_all(sums));
    return same ? std::optional(constant_) : std::nullopt;
  }

 private:
  bool equal_at(std::int64_t sum) {
    if (++points_ > max_points) throw Error("a sum has too many values to enumerate", "", "");
    ++count_.points;
    const auto got = cone_(sum);
    return got && *got + constant_ == function_.apply(sum);
  }

  bool equal_at_all(Interval sums) {
    for (std::int64_t sum = sums.lo; sum < sums.hi; ++sum)
      if (!equal_at(sum)) return false;
    return true;
  }

  /// Both ends are equal already.
  bool equal_between(std::int64_t lo, std::int64_t hi) {
    if (static_cast<std::uint64_t>(hi) - static_cast<std::uint64_t>(lo) <= 1) return true;
    if (function_.apply(lo) == function_.apply(hi)) return true;
    const std::int64_t middle = lo + (hi - lo) / 2;
    return equal_at(middle) && equal_between(lo, middle) && equal_between(middle, hi);
  }

  const Cone& cone_;
  const SumFunction& function_;
  ConeCount& count_;
  std::int64_t constant_ = 0;
  std::uint64_t points_ = 0;
};

}  // namespace

Interval image(const SumFunction& function, Interval sums, Interval stated) {
  if (function.is_monotonic) return {function.apply(sums.lo), function.apply(sums.hi)};
  if (static_cast<std::uint64_t>(sums.hi) - static_cast<std::uint64_t>(sums.lo) > max_image) return stated;
  Interval results{function.apply(sums.lo), function.apply(sums.lo)};
  for (std::int64_t sum = sums.lo; sum < sums.hi; ++sum) {
    const std::int64_t result = function.apply(sum + 1);
    results = hull(results, {result, result});
  }
  return results;
}

std::optional<LinearForm> find_function(const ProgramForms& forms, const LinearForm& sum, const SumFunction& function,
                                        ConeCount& count) {
  const Interval sums = forms.range(sum);
  for (const int source : forms.with_terms(sum.terms)) {
    std::vector<std::vector<int>> paths{{}};
    for (std::size_t next = 0; next < paths.size(); ++next) {
      const std::vector<int> path = paths[next];
      const int id = path.empty() ? source : path.back();
      const Cone cone(forms, path, forms.form(source).constant - sum.constant);
      if (const auto constant = Comparison(cone, function, count).run(sums))
        return add({{}, *constant}, forms.form(id), 1);
      if (path.size() == max_ops) continue;
      for (const int user : forms.functions_of(id)) {
        paths.push_back(path);
        paths.back().push_back(user);
      }
    }
  }
  return {};
}

}  // namespace lutra
