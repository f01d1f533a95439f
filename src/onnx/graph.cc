#include "onnx/graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <queue>

#include "base/error.h"
#include "base/name.h"

namespace lutra::onnx {
namespace {

[[noreturn]] void wrong_type(const std::string& name, const char* expected) {
  throw Error("attribute \"" + name + "\" must be " + expected, "", "");
}

const AttributeValue* find(const Node& node, const std::string& name) {
  const auto found = node.attributes.find(name);
  return found == node.attributes.end() ? nullptr : &found->second;
}

std::map<std::string, std::size_t> makers_of(const Graph& graph) {
  std::map<std::string, std::size_t> makers;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    for (const std::string& output : graph.nodes[i].outputs) {
      if (output.empty()) continue;
      const bool fresh =
          makers.emplace(output, i).second && !graph.constants.contains(output) &&
          std::none_of(graph.inputs.begin(), graph.inputs.end(), [&](const Value& v) { return v.name == output; });
      if (!fresh) throw Error(describe(graph.nodes[i]) + ": \"" + printable(output) + "\" is made twice", "", "");
    }
  return makers;
}

/// For each node the nodes it waits for.
std::vector<std::vector<std::size_t>> sources_of(const Graph& graph) {
  const auto makers = makers_of(graph);
  std::vector<std::vector<std::size_t>> sources(graph.nodes.size());
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    for (const std::string& input : graph.nodes[i].inputs) {
      if (const auto maker = makers.find(input); maker != makers.end()) {
        sources[i].push_back(maker->second);
        continue;
      }
      const bool given =
          input.empty() || graph.constants.contains(input) ||
          std::any_of(graph.inputs.begin(), graph.inputs.end(), [&](const Value& v) { return v.name == input; });
      if (!given)
        throw Error(describe(graph.nodes[i]) + ": its input \"" + printable(input) + "\" is made by no node",
                    "the file may be truncated", "Export the model again");
    }
  return sources;
}

}  // namespace

std::string describe(const Node& node) {
  return fmt::format("node {} \"{}\" ({})", node.position, printable(node.name), printable(node.type));
}

std::int64_t integer_attribute(const Node& node, const std::string& name, std::int64_t otherwise) {
  const AttributeValue* value = find(node, name);
  if (value == nullptr) return otherwise;
  if (const auto* integer = std::get_if<std::int64_t>(value)) return *integer;
  if (const auto* real = std::get_if<double>(value))
    if (*real == std::floor(*real) && std::abs(*real) < 0x1p53) return static_cast<std::int64_t>(*real);
  wrong_type(name, "an integer");
}

double real_attribute(const Node& node, const std::string& name, double otherwise) {
  const AttributeValue* value = find(node, name);
  if (value == nullptr) return otherwise;
  if (const auto* real = std::get_if<double>(value)) return *real;
  if (const auto* integer = std::get_if<std::int64_t>(value)) return static_cast<double>(*integer);
  wrong_type(name, "a number");
}

std::string text_attribute(const Node& node, const std::string& name, const std::string& otherwise) {
  const AttributeValue* value = find(node, name);
  if (value == nullptr) return otherwise;
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  wrong_type(name, "a text");
}

std::vector<std::int64_t> integers_attribute(const Node& node, const std::string& name,
                                             const std::vector<std::int64_t>& otherwise) {
  const AttributeValue* value = find(node, name);
  if (value == nullptr) return otherwise;
  if (const auto* list = std::get_if<std::vector<std::int64_t>>(value)) return *list;
  wrong_type(name, "a list of integers");
}

void sort_nodes(Graph& graph) {
  const auto sources = sources_of(graph);
  std::vector<std::size_t> waiting(sources.size());
  std::vector<std::vector<std::size_t>> users(sources.size());
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;  // keeps the order of the file
  for (std::size_t i = 0; i < sources.size(); ++i) {
    waiting[i] = sources[i].size();
    for (const std::size_t source : sources[i]) users[source].push_back(i);
    if (waiting[i] == 0) ready.push(i);
  }
  std::vector<Node> sorted;
  while (!ready.empty()) {
    const std::size_t next = ready.top();
    ready.pop();
    sorted.push_back(graph.nodes[next]);
    for (const std::size_t user : users[next])
      if (--waiting[user] == 0) ready.push(user);
  }
  if (sorted.size() != graph.nodes.size()) {
    const auto stuck =
        std::find_if(waiting.begin(), waiting.end(), [](std::size_t n) { return n > 0; }) - waiting.begin();
    throw Error("the graph has a cycle",
                "it holds or leads to " + describe(graph.nodes[static_cast<std::size_t>(stuck)]),
                "Export the model again");
  }
  graph.nodes = std::move(sorted);
}

}  // namespace lutra::onnx
