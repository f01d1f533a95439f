#include "import/import_config.h"

#include "fuzz/fuzz.h"
#include "import/class_table.h"
#include "import/selection.h"

namespace {

void resolve(const std::string& selector) {
  if (!selector.empty()) lutra::resolve(selector, {"a", "b", "c1", "c2", "x"}, "key");
}

/// A configuration that passes the checks can be resolved against some arrays.
void parse(std::string_view text) {
  lutra::ImportConfig config;
  lutra::read_toml_text(std::string(text), "import.toml", [&](lutra::Fields& f) { describe(f, config); });
  check(config);
  if (!config.classes.empty()) lutra::ClassTable{config.classes};
  for (const std::string& selector : {config.inputs, config.class_from, config.weights, config.keep}) resolve(selector);
}

}  // namespace

LUTRA_FUZZ(parse)
