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

/// Two bytes each in the file, hundreds in memory.
TEST(Graph, ManyEmptyNodesAreRefusedBeforeTheyAreMade) {
  const std::size_t nodes = 2'000'000;
  std::string bytes = "\x3a";  // graph
  for (std::size_t length = 2 * nodes; length > 0; length >>= 7)
    bytes += static_cast<char>((length & 127) | (length > 127 ? 128 : 0));
  for (std::size_t i = 0; i < nodes; ++i) bytes += std::string("\x0a\0", 2);
  EXPECT_TRUE(contains(refusal(bytes), "more than 1048576 nodes"));
}

/// Each keeps all operations since the last quantizer.
TEST(Graph, LongChainsOfOperationsAreRefused) {
  GraphMaker g(1, {1, 4});
  g.input_quant();
  for (int i = 0; i < 5000; ++i) g.node("Relu", {g.last()});
  EXPECT_TRUE(contains(refusal(g.finish()), "operations between quantizers"));
  GraphMaker longer(1, {1, 4});
  longer.input_quant();
  for (int i = 0; i < 10'001; ++i) longer.node("Relu", {longer.last()});
  EXPECT_TRUE(contains(refusal(longer.finish()), "nodes"));
}

TEST(Graph, HugeWindowsAreRefused) {
  for (const std::int64_t side : {20'000, 65'536}) {
    GraphMaker g(1, {1, 1, 4, 4});
    g.input_quant();
    g.node("AveragePool", {g.last()},
           {{"kernel_shape", std::vector<std::int64_t>{side, side}},
            {"pads", std::vector<std::int64_t>{side - 1, side - 1, side - 1, side - 1}},
            {"count_include_pad", std::int64_t{1}}});
    EXPECT_NE(refusal(g.finish()), "");
  }
}

TEST(Graph, TopKNeedsOneNumber) {
  for (const std::vector<double>& k : std::vector<std::vector<double>>{{}, {1, 1}}) {
    GraphMaker g(1, {1, 4});
    g.input_quant();
    const std::string list = g.constant({{static_cast<std::int64_t>(k.size())}, k, true});
    g.node("TopK", {g.last(), list});
    EXPECT_TRUE(contains(refusal(g.finish()), "its k is not one number"));
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
