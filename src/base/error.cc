#include "base/error.h"

#include <algorithm>

namespace lutra {
namespace {

std::string sentence(const std::string& problem, const std::string& why, const std::string& suggestion) {
  std::string text = problem;
  if (!why.empty()) text += " (" + why + ")";
  text += ".";
  if (!suggestion.empty()) text += " " + suggestion + (suggestion.ends_with('.') ? "" : ".");
  // Text of a file must not become a command to the terminal.
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  return text;
}

}  // namespace

Error::Error(const std::string& problem, const std::string& why, const std::string& suggestion)
    : std::runtime_error(sentence(problem, why, suggestion)) {}

}  // namespace lutra
