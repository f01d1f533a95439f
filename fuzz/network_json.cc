#include "base/json.h"
#include "fuzz/fuzz.h"
#include "model/evaluate.h"

namespace {

/// A network that passes the checks can be evaluated.
void parse(std::string_view text) {
  const lutra::Json json = lutra::Json::parse(text, nullptr, false);
  if (json.is_discarded()) return;
  const lutra::Network network = lutra::network_from_json(json, "network.json");
  if (network.input.size() > 1024 || network.input_format.max() > 32767) return;
  lutra::Evaluator(network).evaluate(std::vector<std::int16_t>(static_cast<std::size_t>(network.input.size()), 0));
}

}  // namespace

LUTRA_FUZZ(parse)
