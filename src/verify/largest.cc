#include "verify/largest.h"

#include <algorithm>

namespace lutra {

LargestFinder::LargestFinder(const ProgramForms& forms) : forms_(forms) {
  for (int id = 0; id < static_cast<int>(forms.program().values.size()); ++id)
    if (forms.program().value(id).op == Opcode::max) maxima_.emplace(without_dominated(leaves(id)), id);
}

/// The forms that a tree of maxima compares.
LargestFinder::Set LargestFinder::leaves(int id) const {
  const Value& v = forms_.program().value(id);
  if (v.op != Opcode::max) return {forms_.form(id)};
  Set all = leaves(v.args[0].value);
  for (LinearForm& form : leaves(v.args[1].value)) all.push_back(std::move(form));
  return all;
}

/// How far x is above y.
Interval LargestFinder::lead(const LinearForm& x, const LinearForm& y) const { return forms_.range(add(x, y, -1)); }

/// Forms that another is never below cannot change the maximum.
LargestFinder::Set LargestFinder::without_dominated(Set forms) const {
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  for (std::size_t i = 0; i < forms.size();) {
    bool is_dominated = false;
    for (std::size_t j = 0; j < forms.size(); ++j)
      is_dominated = is_dominated || (j != i && lead(forms[j], forms[i]).lo >= 0);
    if (is_dominated)
      forms.erase(forms.begin() + static_cast<std::ptrdiff_t>(i));
    else
      ++i;
  }
  return forms;
}

std::optional<LinearForm> LargestFinder::find_max(const std::vector<LinearForm>& forms) const {
  const Set wanted = without_dominated(forms);
  if (wanted.size() == 1) return wanted[0];
  const auto found = maxima_.find(wanted);
  if (found == maxima_.end()) return {};
  return forms_.form(found->second);
}

LargestFinder::Set LargestFinder::subset(const std::vector<LinearForm>& forms, const std::set<int>& positions) const {
  Set some;
  for (const int p : positions) some.push_back(forms[static_cast<std::size_t>(p)]);
  return without_dominated(std::move(some));
}

/// The positions among which this value is that of the first largest, when it is a tree of comparisons.
std::optional<std::set<int>> LargestFinder::covered(int id, const std::vector<LinearForm>& forms) const {
  const LinearForm& form = forms_.form(id);
  if (form.terms.empty() && form.constant >= 0 && form.constant < static_cast<std::int64_t>(forms.size()))
    return std::set<int>{static_cast<int>(form.constant)};
  const Value& v = forms_.program().value(id);
  if (v.op != Opcode::select) return {};
  const Value& less = forms_.program().value(v.args[0].value);
  if (less.op != Opcode::less) return {};
  auto left = covered(v.args[2].value, forms);
  const auto right = covered(v.args[1].value, forms);
  if (!left || !right || *left->rbegin() >= *right->begin()) return {};
  if (without_dominated(leaves(less.args[0].value)) != subset(forms, *left) ||
      without_dominated(leaves(less.args[1].value)) != subset(forms, *right))
    return {};
  left->insert(right->begin(), right->end());
  return left;
}

/// Whether a position that is left out can never be that of the first largest.
bool LargestFinder::covers_all(const std::set<int>& positions, const std::vector<LinearForm>& forms) const {
  for (int p = 0; p < static_cast<int>(forms.size()); ++p) {
    if (positions.contains(p)) continue;
    const bool loses = std::any_of(positions.begin(), positions.end(), [&](int other) {
      const auto& winner = forms[static_cast<std::size_t>(other)];
      return lead(winner, forms[static_cast<std::size_t>(p)]).lo >= (other < p ? 0 : 1);
    });
    if (!loses) return false;
  }
  return true;
}

std::optional<LinearForm> LargestFinder::find_position(const std::vector<LinearForm>& forms) const {
  for (int p = 0; p < static_cast<int>(forms.size()); ++p)
    if (covers_all({p}, forms)) return LinearForm{{}, p};
  for (int id = 0; id < static_cast<int>(forms_.program().values.size()); ++id) {
    if (forms_.program().value(id).op != Opcode::select) continue;
    const auto positions = covered(id, forms);
    if (positions && covers_all(*positions, forms)) return forms_.form(id);
  }
  return {};
}

}  // namespace lutra
