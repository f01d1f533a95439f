#include "base/error.h"

namespace lutra {
namespace {

std::string sentence(const std::string& problem, const std::string& why, const std::string& suggestion) {
  std::string text = problem;
  if (!why.empty()) text += " (" + why + ")";
  text += ".";
  if (!suggestion.empty()) text += " " + suggestion + (suggestion.ends_with('.') ? "" : ".");
  return text;
}

}  // namespace

Error::Error(const std::string& problem, const std::string& why, const std::string& suggestion)
    : std::runtime_error(sentence(problem, why, suggestion)) {}

}  // namespace lutra
