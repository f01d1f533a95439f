#include "verify/linear_form.h"

#include <set>

#include "base/error.h"

namespace lutra {
namespace {

constexpr std::uint64_t max_looked_at = 255;

/// x + factor * y.
std::int64_t add_product(std::int64_t x, std::int64_t y, std::int64_t factor) {
  std::int64_t product = 0, sum = 0;
  if (__builtin_mul_overflow(y, factor, &product) || __builtin_add_overflow(x, product, &sum))
    throw Error("a linear form leaves 64 bits", "", "");
  return sum;
}

}  // namespace

LinearForm add(const LinearForm& x, const LinearForm& y, std::int64_t factor) {
  LinearForm sum{{}, add_product(x.constant, y.constant, factor)};
  auto a = x.terms.begin(), b = y.terms.begin();
  while (a != x.terms.end() || b != y.terms.end()) {
    const bool take_a = b == y.terms.end() || (a != x.terms.end() && a->first <= b->first);
    const bool take_b = a == x.terms.end() || (b != y.terms.end() && b->first <= a->first);
    const int id = take_a ? a->first : b->first;
    std::int64_t coefficient = take_a ? a->second : 0;
    if (take_b) coefficient = add_product(coefficient, b->second, factor);
    if (coefficient != 0) sum.terms.emplace_back(id, coefficient);
    if (take_a) ++a;
    if (take_b) ++b;
  }
  return sum;
}

ProgramForms::ProgramForms(const Program& program) : program_(program), functions_(program.values.size()) {
  for (int id = 0; id < static_cast<int>(program.values.size()); ++id) add_value(id);
}

void ProgramForms::add_value(int id) {
  const Value& v = program_.value(id);
  if (v.op != Opcode::sum && v.op != Opcode::input) check_range(id, natural_range(program_, v));
  LinearForm form = form_of(id, v);
  if (v.op == Opcode::sum) check_range(id, range(form));
  if (v.range.lo == v.range.hi) form = {{}, v.range.lo};
  by_terms_[form.terms].push_back(id);
  forms_.push_back(std::move(form));
  if (v.args.size() == 1) functions_[static_cast<std::size_t>(v.args[0].value)].push_back(id);
}

LinearForm ProgramForms::form_of(int id, const Value& v) {
  if (v.op == Opcode::sum) {
    LinearForm sum{{}, v.a};
    for (const Operand& o : v.args) sum = add(sum, form(o.value), (o.negative ? -1 : 1) * (std::int64_t{1} << o.shift));
    return sum;
  }
  if (v.args.size() == 1) return form_of_function(id, v);
  return v.args.empty() ? LinearForm{{{id, 1}}, 0} : form_of_choice(id, v);
}

/// An op of one argument: looks at every number that a narrow argument can be.
LinearForm ProgramForms::form_of_function(int id, const Value& v) {
  const LinearForm itself = first_equal(id, v), argument = form(v.args[0].value);
  const Interval given = range(argument);
  if (v.op == Opcode::clamp && v.a <= given.lo && given.hi <= v.b) return argument;
  if (argument.terms.size() > 1) return itself;
  const Interval source = argument.terms.empty() ? Interval{0, 0} : program_.value(argument.terms[0].first).range;
  if (static_cast<std::uint64_t>(source.hi) - static_cast<std::uint64_t>(source.lo) > max_looked_at) return itself;
  std::set<std::int64_t> results, changes;
  for (std::int64_t x = source.lo; x <= source.hi; ++x) {
    const std::int64_t one = argument.constant + (argument.terms.empty() ? 0 : argument.terms[0].second * x);
    const std::int64_t result = apply(program_, v, {one});
    results.insert(result);
    changes.insert(result - one);
  }
  if (results.size() == 1) return {{}, *results.begin()};
  return changes.size() == 1 ? add({{}, *changes.begin()}, argument, 1) : itself;
}

/// less, max and select whose outcome the ranges of the arguments decide.
LinearForm ProgramForms::form_of_choice(int id, const Value& v) {
  const auto arg = [&](std::size_t i) -> const LinearForm& { return form(v.args[i].value); };
  if (v.op == Opcode::select) {
    if (arg(1) == arg(2)) return arg(1);
    if (arg(0).terms.empty()) return arg(0).constant != 0 ? arg(1) : arg(2);
    return first_equal(id, v);
  }
  const Interval lead = range(add(arg(1), arg(0), -1));
  if (v.op == Opcode::less && (lead.hi <= 0 || lead.lo > 0)) return {{}, lead.lo > 0};
  if (v.op == Opcode::max && (lead.hi <= 0 || lead.lo >= 0)) return lead.lo >= 0 ? arg(1) : arg(0);
  return first_equal(id, v);
}

/// The first value that the same op made from the same.
LinearForm ProgramForms::first_equal(int id, const Value& v) {
  OpOf key{v.op, v.a, v.b, {}};
  for (const Operand& o : v.args) std::get<3>(key).push_back(form(o.value));
  return {{{by_op_.try_emplace(std::move(key), id).first->second, 1}}, 0};
}

void ProgramForms::check_range(int id, Interval range) {
  Interval& stated = program_.values[static_cast<std::size_t>(id)].range;
  if (!stated.contains(range.lo) || !stated.contains(range.hi))
    throw Error(
        "value %" + std::to_string(id) + " can reach " + std::to_string(range.lo) + ".." + std::to_string(range.hi),
        "the program states " + std::to_string(stated.lo) + ".." + std::to_string(stated.hi), "");
  stated = range;
}

Interval ProgramForms::range(const LinearForm& form) const {
  const int known = static_cast<int>(program_.values.size());
  Interval sum{form.constant, form.constant};
  for (const auto& [id, coefficient] : form.terms)
    sum = sum + (id < known ? program_.value(id).range : unknown_[static_cast<std::size_t>(id - known)]) * coefficient;
  return sum;
}

LinearForm ProgramForms::add_unknown(Interval range) {
  unknown_.push_back(range);
  return {{{static_cast<int>(program_.values.size() + unknown_.size()) - 1, 1}}, 0};
}

bool ProgramForms::is_known(const LinearForm& form) const {
  return form.terms.empty() || form.terms.back().first < static_cast<int>(program_.values.size());
}

const std::vector<int>& ProgramForms::with_terms(const LinearForm::Terms& terms) const {
  static const std::vector<int> none;
  const auto found = by_terms_.find(terms);
  return found == by_terms_.end() ? none : found->second;
}

}  // namespace lutra
