#include "base/comment.h"

#include <algorithm>

namespace lutra {
namespace {

bool is_harmless(char c) {
  return c >= ' ' && c <= '~' && std::string_view("\\*?`$@{}[]").find(c) == std::string_view::npos;
}

}  // namespace

std::string comment_text(std::string_view text) {
  std::string safe(text);
  std::replace_if(
      safe.begin(), safe.end(), [](char c) { return !is_harmless(c); }, '_');
  return safe;
}

}  // namespace lutra
