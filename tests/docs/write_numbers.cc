// Writes the numbers of the experiments into the documents: ./dev numbers. See docs/numbers.md.
#include <fmt/format.h>

#include "base/artifact.h"
#include "base/error.h"
#include "docs/numbers.h"

int main() try {
  const std::filesystem::path root = LUTRA_SOURCE_DIR;
  const lutra::docs::NumberList list = lutra::docs::read_number_list(root);
  int missing = 0;
  for (const auto& [document, templates] : list.documents) {
    const std::string before = lutra::read_text(root / document);
    const auto [text, differences] = lutra::docs::with_numbers(before, templates, list.sources);
    for (const auto& [line, is, should_be] : differences) {
      if (is.empty()) ++missing;
      fmt::print("{}:{}: {}\n", document, line,
                 is.empty() ? "nothing from here on reads like: " + should_be : is + " -> " + should_be);
    }
    if (text != before) lutra::write_text_atomically(root / document, text);
  }
  return missing == 0 ? 0 : 1;
} catch (const lutra::Error& e) {
  fmt::print(stderr, "{}\n", e.what());
  return 2;
}
