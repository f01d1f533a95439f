#include "compile/compile.h"
#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"
#include "model/evaluate.h"
#include "model/unroll.h"
#include "rtl/write_rtl.h"

namespace {

constexpr int max_inputs = 1024;
constexpr std::size_t max_compiled_nodes = 64, max_compiled_products = 256;

bool is_small(const lutra::Network& network) {
  const lutra::UnrolledNetwork unrolled = lutra::unroll(network);
  std::size_t products = 0;
  for (const lutra::Node& node : unrolled.nodes) products += node.terms.size();
  return unrolled.nodes.size() <= max_compiled_nodes && products <= max_compiled_products;
}

/// A network that the reader accepts can be evaluated, and a small one compiled and printed in every language.
void parse(std::string_view text) {
  const lutra::Network network = lutra::read_network(as_artifact("network.json", lutra::network_kind, text)).network;
  if (network.input.size() > max_inputs) return;
  lutra::Evaluator(network).evaluate(std::vector<std::int16_t>(static_cast<std::size_t>(network.input.size()), 0));
  if (!is_small(network)) return;
  for (const char* flavour : {"portable", "ultrascale"}) {
    lutra::CompileOptions options;
    options.flavour = flavour;
    const lutra::CompileResult compiled = lutra::compile(network, options);
    lutra::write_rtl(fuzz_folder() / "rtl",
                     {compiled.program, compiled.schedule, options.clock_ns, compiled.network_hash,
                      lutra::cost_to_json(compiled.cost), compiled.three_inputs});
  }
}

}  // namespace

LUTRA_FUZZ(parse)
