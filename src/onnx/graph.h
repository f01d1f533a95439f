#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "onnx/tensor.h"

namespace lutra::onnx {

using AttributeValue =
    std::variant<std::int64_t, double, std::string, Tensor, std::vector<std::int64_t>, std::vector<double>>;

struct Node {
  int position = 0;  // in the file, from 0
  std::string name;
  std::string type;  // "Conv", ...
  std::string domain;
  std::vector<std::string> inputs;  // "" stands for one that is left out
  std::vector<std::string> outputs;
  std::map<std::string, AttributeValue> attributes;
};

/// What a node is called in messages: node 17 "Conv_3" (Conv).
std::string describe(const Node& node);

/// Attributes of a node; files write integers also as reals. Error when one has another type.
std::int64_t integer_attribute(const Node& node, const std::string& name, std::int64_t otherwise);
double real_attribute(const Node& node, const std::string& name, double otherwise);
std::string text_attribute(const Node& node, const std::string& name, const std::string& otherwise);
std::vector<std::int64_t> integers_attribute(const Node& node, const std::string& name,
                                             const std::vector<std::int64_t>& otherwise);

/// A named input or output; unknown dimensions are -1.
struct Value {
  std::string name;
  std::vector<std::int64_t> dims;
};

/// A graph with its nodes in topological order and every name made once.
struct Graph {
  std::vector<Node> nodes;
  std::map<std::string, Tensor> constants;
  std::vector<Value> inputs;  // without those that are constants
  std::vector<Value> outputs;
};

/// Nodes in topological order. Error when they form a cycle, when a name is made twice, or when an input is made by
/// nobody.
void sort_nodes(Graph& graph);

/// Reads the bytes of an .onnx file. Error, with `where` in front, when they are no ONNX model, truncated, cyclic,
/// refer to other files, declare impossible sizes, or need an operator set outside 6..21. At most 64 MiB.
Graph parse_graph(std::string_view bytes, const std::string& where);

/// The inverse: an ONNX model (operator set 11, QONNX operators in their own domain).
std::string serialize_graph(const Graph& graph, const std::string& name);

inline constexpr const char* qonnx_domain = "qonnx.custom_op.general";

}  // namespace lutra::onnx
