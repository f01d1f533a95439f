#include <gtest/gtest.h>

#include <set>

#include "base/name.h"
#include "base/nasty_names.test.h"
#include "model/evaluate.h"
#include "onnx/graph_maker.h"
#include "onnx/import.h"

namespace lutra::onnx {
namespace {

TEST(Import, AnyNamesOfNodesBecomeNamesOfLayers) {
  GraphMaker g(11, {1, 4});
  g.input_quant();
  g.dense(4);
  g.quant(4, true, 0.25, "ROUND");
  g.dense(3);
  const std::string bytes = g.finish();
  const Imported plain = import_network(bytes, "test");
  const std::vector<std::vector<std::int16_t>> inputs = {{0, 0, 0, 0}, {1, 0, 1, 1}, {0, 1, 1, 0}};
  const std::vector<std::string> names = nasty_names_and_random(50);
  for (std::size_t k = 0; k < names.size(); ++k) {
    Graph graph = parse_graph(bytes, "test");
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) graph.nodes[i].name = names[(k + i / 2) % names.size()];
    const Imported named = import_network(serialize_graph(graph, "test"), "test");
    std::set<std::string> seen;
    for (const Layer& layer : named.network.layers) {
      EXPECT_NO_THROW(check_name(layer.name, "test", "the layer"));
      EXPECT_TRUE(seen.insert(layer.name).second) << layer.name;
    }
    for (const auto& x : inputs) EXPECT_EQ(Evaluator(named.network).evaluate(x), Evaluator(plain.network).evaluate(x));
  }
}

}  // namespace
}  // namespace lutra::onnx
