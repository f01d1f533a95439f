#include "onnx/import.h"

#include <algorithm>
#include <cmath>

#include "base/artifact.h"
#include "base/budget.h"
#include "base/error.h"
#include "onnx/fold.h"
#include "onnx/operators.h"
#include "onnx/output.h"

namespace lutra::onnx {
namespace {

constexpr std::int64_t max_folded_elements = std::int64_t{1} << 25;
constexpr std::uint64_t max_signal_bytes = std::uint64_t{1} << 28;

/// Memory that a signal takes: each keeps all operations since the last quantizer, so a chain of n of them takes n^2.
std::uint64_t bytes_of(const Signal& s) {
  std::uint64_t bytes = sizeof s + s.channels() * (sizeof(Format) + sizeof(Interval) + 2 * sizeof(double));
  for (const Step& step : s.steps) bytes += sizeof step + (step.a.size() + step.b.size()) * sizeof(double);
  return bytes;
}

Operator find_operator(const std::string& type) {
  for (const auto* table : {&elementwise_operators(), &linear_operators(), &spatial_operators(), &moving_operators()})
    if (const auto found = table->find(type); found != table->end()) return found->second;
  const bool hopeless = type == "Softmax" || type == "LogSoftmax";
  throw Error("a node of this kind becomes no firmware", "",
              hopeless ? "Remove it: the largest output stays the largest"
                       : "Remove it, or write it with the nodes listed in docs/onnx.md");
}

/// Walks the graph in topological order and knows of each tensor what it is in integers, or its constant value.
class Importer {
 public:
  Importer(Graph graph, const ImportOptions& options) : graph_(std::move(graph)), builder_(options.max_products) {
    imported_.options = options;
    output_ = output_name(graph_);
    keep_needed_nodes(graph_, output_);
    count_uses();
    add_input();
  }

  Imported run() && {
    for (const Node& node : graph_.nodes) {
      try {
        visit(node);
      } catch (const Error& e) {
        throw Error(describe(node), e.what(), "");
      }
    }
    const auto found = signals_.find(output_);
    if (found == signals_.end() || found->second.real)
      throw Error("the graph's output does not depend on quantized input", "", "Check which tensors are exported");
    finish_output(builder_, found->second);
    imported_.network = std::move(builder_.network);
    check(imported_.network);
    return std::move(imported_);
  }

 private:
  void count_uses() {
    for (const Node& node : graph_.nodes)
      for (const std::string& input : node.inputs) ++uses_[input];
    ++uses_[output_];
  }

  void add_input() {
    const Value& input = graph_.inputs[0];
    std::vector<std::int64_t> dims = input.dims;
    if (dims.size() > 1) dims[0] = 1;  // firmware takes one event at a time
    Signal s;
    s.shape = shape_of(dims);
    s.rank = std::max<std::size_t>(dims.size(), 2);
    s.real = true;
    s.scale.assign(s.channels(), 1);
    s.zero.assign(s.channels(), 0);
    s.format.assign(s.channels(), {});
    s.range.assign(s.channels(), {});
    if (imported_.options.input_format) s = with_given_format(s, *imported_.options.input_format);
    builder_.network.input = s.shape;
    signals_[input.name] = s;
  }

  Signal with_given_format(const Signal& s, Format format) {
    const double divisor = imported_.options.input_divisor;
    if (!(divisor > 0) || !std::isfinite(divisor))
      throw Error("the divisor of the input is not positive", std::to_string(divisor), "");
    builder_.network.input_format = format;
    Signal out = plain_signal(network_input, s.shape, s.rank, std::vector<Format>(s.channels(), format),
                              std::vector<Interval>(s.channels(), interval_of(format)));
    Step divide;
    divide.kind = Step::Kind::divide;
    divide.a.assign(s.channels(), divisor);
    if (divisor != 1) out.steps.push_back(divide);
    return out;
  }

  void visit(const Node& node) {
    Operands operands{node, {}, {}};
    bool constant = true;
    for (const std::string& name : node.inputs) {
      const auto signal = signals_.find(name);
      const auto value = graph_.constants.find(name);
      operands.signals.push_back(signal == signals_.end() ? nullptr : &exclusive(signal->second, name));
      operands.constants.push_back(value == graph_.constants.end() ? nullptr : &value->second);
      constant = constant && signal == signals_.end();
    }
    if (node.outputs.empty()) throw Error("it has no output", "", "");
    if (node.type == "Shape" && !constant) return add_constant(node, shape_constant(operands.signal(0)));
    if (constant) return add_constant(node, fold(node, operands.constants));
    Signal out = find_operator(node.type)(builder_, operands);
    signal_bytes_.spend(bytes_of(out));
    if (out.real && !out.steps.empty() && out.steps.back().kind == Step::Kind::quant) out = encode(out);
    const std::size_t result = node.type == "TopK" && node.outputs.size() > 1 ? 1 : 0;  // values, indices
    signals_[node.outputs[result]] = std::move(out);
  }

  /// A layer read by one node only may take over the rounding that follows.
  Signal& exclusive(Signal& s, const std::string& name) {
    s.own = s.own && uses_[name] == 1;
    return s;
  }

  static Tensor shape_constant(const Signal& s) {
    const auto dims = dims_of(s);
    Tensor out = vector_of({dims.begin(), dims.end()});
    out.integer = true;
    return out;
  }

  void add_constant(const Node& node, Tensor value) {
    folded_ += value.size();
    if (folded_ > max_folded_elements)
      throw Error("the graph's constants are too large", "", "Simplify the model before import");
    graph_.constants[node.outputs[0]] = std::move(value);
  }

  /// The graph's own input quantizer tells what integers the firmware receives.
  Signal encode(const Signal& real) {
    if (!imported_.input_steps.empty())
      throw Error("the graph's input has two quantizers", "", "Quantize the input once and use that everywhere");
    const QuantRule& rule = real.steps.back().rule;
    Format format = rule.bipolar ? Format{1, 0, false} : Format{rule.bits, 0, rule.is_signed};
    if (format.max() > 32767)
      throw Error("its input needs more than 16 bits", "", "Quantize the input with at most 15 bits");
    const auto& scale = real.steps.back().a;
    const auto& zero = real.steps.back().b;
    int exponent = 0;
    const bool uniform = std::all_of(scale.begin(), scale.end(), [&](double x) { return x == scale[0]; });
    const bool natural = !rule.bipolar && uniform && is_power_of_two(scale[0], exponent) && std::abs(exponent) <= 40;
    if (natural) format.frac = -exponent;
    Signal out = plain_signal(network_input, real.shape, real.rank, std::vector<Format>(real.channels(), format),
                              std::vector<Interval>(real.channels(), interval_of(format)));
    for (std::size_t c = 0; c < real.channels(); ++c) {
      out.scale[c] = natural ? 1 : rule.bipolar ? 2 * scale[c] : scale[c];
      out.zero[c] = rule.bipolar ? -0.5 : std::ldexp(-zero[c], -format.frac);
    }
    builder_.network.input = real.shape;
    builder_.network.input_format = format;
    imported_.input_steps = real.steps;
    return out;
  }

  Graph graph_;
  Builder builder_;
  Imported imported_;
  std::string output_;
  std::map<std::string, Signal> signals_;
  std::map<std::string, int> uses_;
  std::int64_t folded_ = 0;
  Budget signal_bytes_{"bytes for the operations between quantizers", max_signal_bytes};
};

}  // namespace

Imported import_network(std::string_view bytes, const std::string& where, const ImportOptions& options) {
  Graph graph = parse_graph(bytes, where);
  const bool quantized = std::any_of(graph.nodes.begin(), graph.nodes.end(), [](const Node& n) {
    return n.type == "Quant" || n.type == "IntQuant" || n.type == "BipolarQuant";
  });
  if (!quantized)
    throw Error(where + " is a network in floating point", "it has no Quant node",
                "Train it with quantized weights and activations (lutra train, Brevitas, QKeras) and export QONNX");
  try {
    return Importer(std::move(graph), options).run();
  } catch (const Error& e) {
    throw Error(where + " cannot be imported", e.what(), "");
  }
}

Imported read_onnx(const std::filesystem::path& path, const ImportOptions& options) {
  return import_network(read_text(path, 64 << 20), path.string(), options);
}

std::vector<std::int16_t> encode_inputs(const Imported& imported, std::span<const double> values) {
  const Network& network = imported.network;
  const auto size = static_cast<std::size_t>(network.input.size());
  const auto cells = static_cast<std::size_t>(network.input.rows * network.input.cols);
  const Quantizer given{network.input_format};
  std::vector<std::int16_t> integers;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t channel = i % size / cells;
    integers.push_back(static_cast<std::int16_t>(
        imported.input_steps.empty() ? quantize_real(values[i] * imported.options.input_divisor, given)
                                     : static_cast<std::int64_t>(apply(imported.input_steps, channel, values[i]))));
  }
  return integers;
}

}  // namespace lutra::onnx
