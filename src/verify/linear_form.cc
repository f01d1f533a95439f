#include "verify/linear_form.h"

#include <algorithm>

#include "base/error.h"

namespace lutra {
namespace {

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
  for (int id = 0; id < static_cast<int>(program.values.size()); ++id) {
    Value& v = program_.values[static_cast<std::size_t>(id)];
    LinearForm form{{{id, 1}}, 0};
    if (v.op == Opcode::constant) form = {{}, v.a};
    if (v.op == Opcode::sum) {
      form = {{}, v.a};
      for (const Operand& o : v.args)
        form = add(form, this->form(o.value), (o.negative ? -1 : 1) * (std::int64_t{1} << o.shift));
    }
    if (v.op == Opcode::sum) check_range(id, range(form));
    if (v.op != Opcode::sum && v.op != Opcode::input) check_range(id, natural_range(program_, v));
    by_terms_[form.terms].push_back(id);
    forms_.push_back(std::move(form));
    if (v.args.size() == 1) functions_[static_cast<std::size_t>(v.args[0].value)].push_back(id);
  }
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
  Interval sum{form.constant, form.constant};
  for (const auto& [id, coefficient] : form.terms) sum = sum + program_.value(id).range * coefficient;
  return sum;
}

const std::vector<int>& ProgramForms::with_terms(const LinearForm::Terms& terms) const {
  static const std::vector<int> none;
  const auto found = by_terms_.find(terms);
  return found == by_terms_.end() ? none : found->second;
}

}  // namespace lutra
