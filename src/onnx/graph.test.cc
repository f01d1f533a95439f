#include "onnx/graph.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "onnx/graph_maker.h"
#include "onnx/import.h"

namespace lutra::onnx {
namespace {

std::string refusal(const std::string& bytes) {
  try {
    import_network(bytes, "model.onnx");
  } catch (const Error& e) {
    return e.what();
  }
  return "accepted";
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Node node(const std::string& type, std::vector<std::string> inputs, std::string output) {
  return {0, type + "_x", type, "", std::move(inputs), {std::move(output)}, {}};
}

TEST(Graph, SurvivesBeingCutAnywhere) {
  GraphMaker g(1, {1, 4});
  g.input_quant();
  g.dense(3);
  g.random_activation();
  const std::string whole = g.finish();
  const Json network = network_to_json(import_network(whole, "whole").network);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::string cut = whole.substr(0, length);
    // Only the list of operator domains follows the graph: without its end the model is still whole.
    if (refusal(cut) == "accepted") {
      EXPECT_EQ(network_to_json(import_network(cut, "cut").network), network) << length;
    }
    if (length < whole.size() - 40) {
      EXPECT_NE(refusal(cut), "accepted") << length;
    }
  }
}

TEST(Graph, FloatNetworksAreToldToQuantize) {
  Graph g;
  g.inputs = {{"x", {1, 2}}};
  g.outputs = {{"y", {}}};
  g.nodes = {node("Relu", {"x"}, "y")};
  EXPECT_TRUE(contains(refusal(serialize_graph(g, "g")), "no Quant node"));
}

TEST(Graph, CyclesAndLooseEndsAreNamed) {
  Graph g;
  g.inputs = {{"x", {1, 2}}};
  g.outputs = {{"b", {}}};
  g.nodes = {node("Add", {"x", "b"}, "a"), node("Relu", {"a"}, "b")};
  EXPECT_TRUE(contains(refusal(serialize_graph(g, "g")), "cycle"));
  g.nodes[0].inputs = {"x", "nowhere"};
  EXPECT_TRUE(contains(refusal(serialize_graph(g, "g")), "made by no node"));
  g.nodes = {node("Relu", {"x"}, "b"), node("Relu", {"x"}, "b")};
  EXPECT_TRUE(contains(refusal(serialize_graph(g, "g")), "made twice"));
}

TEST(Graph, HostileSizesAreRefused) {
  for (const std::vector<std::int64_t>& dims :
       {std::vector<std::int64_t>{-3, 4}, {std::int64_t{1} << 40, 1}, {1 << 20, 1 << 20}, {3, 5}}) {
    Graph g;
    g.inputs = {{"x", {1, 2}}};
    g.outputs = {{"x", {}}};
    g.constants["w"] = {dims, {1, 2}, false};
    EXPECT_TRUE(contains(refusal(serialize_graph(g, "g")), "constant \"w\"")) << to_string(dims);
  }
}

TEST(Graph, UnsupportedNodesAreNamedWithTheirPlace) {
  GraphMaker g(1, {1, 4});
  g.input_quant();
  g.node("Einsum", {g.last()});
  const std::string message = refusal(g.finish());
  EXPECT_TRUE(contains(message, "node 1 \"Einsum_1\" (Einsum)")) << message;
}

TEST(Graph, UnquantizedSumsAreNotMultiplied) {
  GraphMaker g(2, {1, 4});
  g.dense(3);
  EXPECT_TRUE(contains(refusal(g.finish()), "its input is not quantized"));
}

}  // namespace
}  // namespace lutra::onnx
