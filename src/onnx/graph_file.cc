#include <google/protobuf/io/coded_stream.h>

#include "base/budget.h"
#include "base/error.h"
#include "base/name.h"
#include "onnx/file_budget.h"
#include "onnx/graph.h"
#include "onnx/tensor_file.h"

namespace lutra::onnx {
namespace {

constexpr std::size_t max_file_bytes = 64 << 20;
constexpr int max_nesting = 16;
constexpr int max_nodes = 10000;
constexpr std::uint64_t max_elements = std::uint64_t{1} << 25;  // of all constants
enum AttributeType { real = 1, integer, text, tensor, graph, reals, integers };

onnx_file::Model parse_model(std::string_view bytes) {
  if (bytes.size() > max_file_bytes) throw Error("the file is too large", "more than 64 MiB", "");
  check_file_budget(bytes);
  google::protobuf::io::CodedInputStream stream(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                                static_cast<int>(bytes.size()));
  stream.SetTotalBytesLimit(static_cast<int>(max_file_bytes));
  stream.SetRecursionLimit(max_nesting);
  onnx_file::Model model;
  if (!model.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage() || !model.has_graph())
    throw Error("the file is not an ONNX model, or is truncated", "", "Check the path or export the model again");
  return model;
}

/// Writers before protobuf's `type` was required leave it out; then the field that is set tells it.
int type_of(const onnx_file::Attribute& a) {
  if (a.has_type() && a.type() != 0) return a.type();
  if (a.has_f()) return real;
  if (a.has_i()) return integer;
  if (a.has_s()) return text;
  if (a.has_t()) return tensor;
  if (a.has_g()) return graph;
  return a.floats_size() > 0 ? reals : integers;
}

AttributeValue read_attribute(const onnx_file::Attribute& a) {
  switch (type_of(a)) {
    case real:
      return static_cast<double>(a.f());
    case integer:
      return a.i();
    case text:
      return a.s();
    case tensor:
      return read_tensor(a.t());
    case reals:
      return std::vector<double>(a.floats().begin(), a.floats().end());
    case integers:
      return std::vector<std::int64_t>(a.ints().begin(), a.ints().end());
    default:
      throw Error("attribute \"" + printable(a.name()) + "\" holds graphs or lists of texts",
                  "control flow cannot become firmware", "Export the model without control flow");
  }
}

Node read_node(const onnx_file::Node& file, int position) {
  Node node{position,
            file.name(),
            file.op_type(),
            file.domain(),
            {file.input().begin(), file.input().end()},
            {file.output().begin(), file.output().end()},
            {}};
  try {
    for (const auto& a : file.attribute()) node.attributes.insert_or_assign(a.name(), read_attribute(a));
  } catch (const Error& e) {
    throw Error(describe(node) + " cannot be read", e.what(), "");
  }
  return node;
}

Value read_value(const onnx_file::ValueInfo& file) {
  Value value{file.name(), {}};
  for (const auto& dim : file.type().tensor_type().shape().dim())
    value.dims.push_back(dim.has_dim_value() ? dim.dim_value() : -1);
  return value;
}

void check_operator_set(const onnx_file::Model& model) {
  bool stated = false;
  for (const auto& set : model.opset_import()) {
    if (!set.domain().empty() && set.domain() != "ai.onnx") continue;
    stated = true;
    if (set.version() < 6 || set.version() > 21)
      throw Error("the model uses operator set " + std::to_string(set.version()), "6 to 21 are understood",
                  "Convert it with onnx.version_converter");
  }
  if (!stated) throw Error("the model names no operator set", "the file may be truncated", "Export the model again");
}

Graph read_graph(const onnx_file::Model& model) {
  check_operator_set(model);
  const onnx_file::Graph& file = model.graph();
  if (file.node_size() > max_nodes)
    throw Error("the graph has " + std::to_string(file.node_size()) + " nodes",
                "at most " + std::to_string(max_nodes) + " are read", "");
  Graph graph;
  Budget elements("elements in all constants", max_elements);
  for (const auto& constant : file.initializer()) {
    try {
      elements.spend(static_cast<std::uint64_t>(element_count({constant.dims().begin(), constant.dims().end()})));
      graph.constants.insert_or_assign(constant.name(), read_tensor(constant));
    } catch (const Error& e) {
      throw Error("constant \"" + printable(constant.name()) + "\" cannot be read", e.what(), "");
    }
  }
  for (const auto& input : file.input())
    if (!graph.constants.contains(input.name())) graph.inputs.push_back(read_value(input));
  for (const auto& output : file.output()) graph.outputs.push_back(read_value(output));
  if (graph.inputs.size() != 1)
    throw Error("the graph has " + std::to_string(graph.inputs.size()) + " inputs", "one is needed",
                "Join the inputs to one tensor before export");
  for (int i = 0; i < file.node_size(); ++i) graph.nodes.push_back(read_node(file.node(i), i));
  sort_nodes(graph);
  return graph;
}

struct WriteAttribute {
  onnx_file::Attribute* a;
  void operator()(std::int64_t v) const { a->set_i(v), a->set_type(integer); }
  void operator()(double v) const { a->set_f(static_cast<float>(v)), a->set_type(real); }
  void operator()(const std::string& v) const { a->set_s(v), a->set_type(text); }
  void operator()(const Tensor& v) const { write_tensor(v, "", a->mutable_t()), a->set_type(tensor); }
  void operator()(const std::vector<std::int64_t>& v) const {
    a->mutable_ints()->Add(v.begin(), v.end()), a->set_type(integers);
  }
  void operator()(const std::vector<double>& v) const {
    for (const double x : v) a->add_floats(static_cast<float>(x));
    a->set_type(reals);
  }
};

void write_value(const Value& value, onnx_file::ValueInfo* file) {
  constexpr int float32 = 1;
  file->set_name(value.name);
  auto* type = file->mutable_type()->mutable_tensor_type();
  type->set_elem_type(float32);
  for (const std::int64_t d : value.dims) {
    auto* dim = type->mutable_shape()->add_dim();
    if (d >= 0) dim->set_dim_value(d);
  }
}

void write_node(const Node& node, onnx_file::Node* file) {
  file->set_name(node.name);
  file->set_op_type(node.type);
  file->set_domain(node.domain);
  file->mutable_input()->Add(node.inputs.begin(), node.inputs.end());
  file->mutable_output()->Add(node.outputs.begin(), node.outputs.end());
  for (const auto& [name, value] : node.attributes) {
    auto* a = file->add_attribute();
    a->set_name(name);
    std::visit(WriteAttribute{a}, value);
  }
}

}  // namespace

Graph parse_graph(std::string_view bytes, const std::string& where) {
  try {
    return read_graph(parse_model(bytes));
  } catch (const Error& e) {
    throw Error(where + " cannot be imported", e.what(), "");
  }
}

std::string serialize_graph(const Graph& graph, const std::string& name) {
  onnx_file::Model model;
  model.set_ir_version(7);
  model.set_producer_name("lutra");
  model.add_opset_import()->set_version(11);
  auto* set = model.add_opset_import();
  set->set_domain(qonnx_domain);
  set->set_version(1);
  auto* file = model.mutable_graph();
  file->set_name(name);
  for (const Node& node : graph.nodes) write_node(node, file->add_node());
  for (const auto& [key, tensor] : graph.constants) write_tensor(tensor, key, file->add_initializer());
  for (const Value& value : graph.inputs) write_value(value, file->add_input());
  for (const Value& value : graph.outputs) write_value(value, file->add_output());
  return model.SerializeAsString();
}

}  // namespace lutra::onnx
