#pragma once
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "ir/program.h"

namespace lutra {

/// constant + sum of coefficient x value, over values of a program that are no sums; terms sorted, no coefficient 0.
struct LinearForm {
  using Terms = std::vector<std::pair<int, std::int64_t>>;
  Terms terms;
  std::int64_t constant = 0;
  friend auto operator<=>(const LinearForm&, const LinearForm&) = default;
};

/// x + factor x y. Error when a coefficient leaves 64 bits.
LinearForm add(const LinearForm& x, const LinearForm& y, std::int64_t factor);

/// Every value of a program without memory as a linear form, with its exact range. A value that can only be one number
/// is that constant, and an op that does nothing is its argument.
class ProgramForms {
 public:
  /// Error when a value can leave the range that the program states for it: hardware of that width could overflow.
  explicit ProgramForms(const Program& program);

  const Program& program() const { return program_; }
  const LinearForm& form(int id) const { return forms_[static_cast<std::size_t>(id)]; }
  Interval range(const LinearForm& form) const;

  /// Something that no value of the program is, of which only the range is known; and whether a form is free of such.
  LinearForm add_unknown(Interval range);
  bool is_known(const LinearForm& form) const;

  /// Values with these terms (and any constant).
  const std::vector<int>& with_terms(const LinearForm::Terms& terms) const;

  /// Values that are a function of this value alone, computed by one op.
  const std::vector<int>& functions_of(int id) const { return functions_[static_cast<std::size_t>(id)]; }

 private:
  using OpOf = std::tuple<Opcode, std::int64_t, std::int64_t, std::vector<LinearForm>>;  // with immediates, of these

  void add_value(int id);
  LinearForm form_of(int id, const Value& v);
  LinearForm form_of_function(int id, const Value& v);
  LinearForm form_of_choice(int id, const Value& v);
  LinearForm first_equal(int id, const Value& v);
  void check_range(int id, Interval range);

  Program program_;  // with ranges found here, not those stated
  std::vector<LinearForm> forms_;
  std::map<LinearForm::Terms, std::vector<int>> by_terms_;
  std::map<OpOf, int> by_op_;  // the first of its kind
  std::vector<std::vector<int>> functions_;
  std::vector<Interval> unknown_;  // their ids follow those of the program's values
};

}  // namespace lutra
