#include "fuzz/fuzz.h"
#include "model/evaluate.h"
#include "onnx/export.h"
#include "onnx/import.h"

namespace {

/// What is imported can be evaluated, and what can be written is read back.
void parse(std::string_view bytes) {
  lutra::onnx::ImportOptions options;
  options.max_products = 1 << 14;
  const lutra::Network network = lutra::onnx::import_network(bytes, "model.onnx", options).network;
  if (network.input.size() > 1 << 14) return;
  lutra::Evaluator(network).evaluate(std::vector<std::int16_t>(static_cast<std::size_t>(network.input.size()), 0));
  lutra::onnx::import_network(lutra::onnx::export_network(network), "written", options);
}

}  // namespace

LUTRA_FUZZ(parse)
