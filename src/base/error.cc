#include "base/error.h"

#include <algorithm>

#include "base/name.h"

namespace lutra {
namespace {

std::string sentence(const std::string& problem, const std::string& why, const std::string& suggestion) {
  std::string text = problem;
  if (!why.empty()) text += " (" + why + ")";
  text += ".";
  if (!suggestion.empty()) text += " " + suggestion + (suggestion.ends_with('.') ? "" : ".");
  std::replace(text.begin(), text.end(), '\n', ' ');
  return terminal_text(text);
}

}  // namespace

Error::Error(const std::string& problem, const std::string& why, const std::string& suggestion)
    : std::runtime_error(sentence(problem, why, suggestion)) {}

}  // namespace lutra
