#include "verify/prove_program.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/error.h"
#include "ir/check.h"
#include "ir/unroll_clocks.h"
#include "model/unroll.h"
#include "verify/cone.h"
#include "verify/largest.h"

namespace lutra {
namespace {

class Prover {
 public:
  Prover(const Network& network, const Program& program)
      : network_(network), unrolled_(unroll(network)), forms_(unroll_clocks(program)), largest_(forms_) {}

  ProgramProof run() && {
    add_inputs();
    for (const Node& n : unrolled_.nodes) elements_.push_back(element_of(n));
    ProgramProof proof;
    proof.points = count_.points;
    proof.difference = first_difference();
    proof.proved = proof.difference.empty();
    for (std::size_t layer = 0; layer < network_.layers.size(); ++layer) proof.layers.push_back(summary(layer));
    return proof;
  }

 private:
  using Element = std::optional<LinearForm>;

  void add_inputs() {
    const Program& p = forms_.program();
    if (p.inputs != unrolled_.inputs) throw Error("the program has other inputs than the network", "", "Compile again");
    elements_.resize(static_cast<std::size_t>(unrolled_.inputs));
    for (int id = 0; id < static_cast<int>(p.values.size()); ++id)
      if (p.value(id).op == Opcode::input) elements_[static_cast<std::size_t>(p.value(id).a)] = forms_.form(id);
  }

  const Element& element(int id) const { return elements_[static_cast<std::size_t>(id)]; }
  bool is_known(const Node& n) const {
    return std::all_of(n.terms.begin(), n.terms.end(), [&](const Term& t) { return element(t.element).has_value(); });
  }

  Element element_of(const Node& n) {
    if (!is_known(n)) return {};
    std::vector<LinearForm> terms;
    for (const Term& t : n.terms)
      terms.push_back(n.kind == Node::Kind::linear || n.kind == Node::Kind::argmax
                          ? add({}, *element(t.element), t.weight)
                          : *element(t.element));
    switch (n.kind) {
      case Node::Kind::linear:
        return linear(n, terms);
      case Node::Kind::table:
        return function(terms[0], {[&](std::int64_t x) { return entry(n, x); }, false});
      case Node::Kind::max:
        return largest_.find_max(terms);
      case Node::Kind::argmax:
        return largest_.find_position(terms);
    }
    return {};
  }

  static std::int64_t entry(const Node& n, std::int64_t x) {
    return (*n.table)[static_cast<std::size_t>(x - n.table_min)];
  }

  Element linear(const Node& n, const std::vector<LinearForm>& terms) {
    LinearForm sum{{}, n.bias};
    for (const LinearForm& t : terms) sum = add(sum, t, 1);
    const bool wraps = n.quantized && n.quantizer.overflow == Overflow::wrap;
    return function(sum, {[&](std::int64_t x) {
                            if (n.relu) x = std::max<std::int64_t>(x, 0);
                            return n.quantized ? quantize(x, n.frac, n.quantizer) : x;
                          },
                          !wraps});
  }

  /// `f` of a sum: the same everywhere, or a value of the program.
  Element function(const LinearForm& sum, const SumFunction& f) {
    const Interval sums = forms_.range(sum);
    if (sums.lo == sums.hi || (f.is_monotonic && f.apply(sums.lo) == f.apply(sums.hi)))
      return LinearForm{{}, f.apply(sums.lo)};
    return find_function(forms_, sum, f, count_);
  }

  bool has_output(std::size_t i, int element_id) const {
    const auto& outputs = forms_.program().outputs;
    return i < outputs.size() && element(element_id) && forms_.form(outputs[i].value) == *element(element_id);
  }

  /// Elements that the outputs depend on through nodes that were not found.
  std::string first_difference() const {
    const std::vector<int>& outputs = unrolled_.layer_elements.back();
    if (forms_.program().outputs.size() != outputs.size()) return "the program has another number of outputs";
    std::set<int> missing;
    std::vector<int> open;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      if (!element(outputs[i])) open.push_back(outputs[i]);
      if (element(outputs[i]) && !has_output(i, outputs[i])) return "output " + std::to_string(i);
    }
    while (!open.empty()) {
      const int id = open.back();
      open.pop_back();
      if (!missing.insert(id).second || id < unrolled_.inputs) continue;
      for (const Term& t : unrolled_.nodes[static_cast<std::size_t>(id - unrolled_.inputs)].terms)
        if (!element(t.element)) open.push_back(t.element);
    }
    return missing.empty() ? "" : describe(*missing.begin());
  }

  std::string describe(int id) const {
    if (id < unrolled_.inputs) return "input " + std::to_string(id);
    const auto layer = static_cast<std::size_t>(unrolled_.nodes[static_cast<std::size_t>(id - unrolled_.inputs)].layer);
    const auto& ids = unrolled_.layer_elements[layer];
    const auto place = std::find(ids.begin(), ids.end(), id) - ids.begin();
    return "layer \"" + network_.layers[layer].name + "\", element " + std::to_string(place);
  }

  LayerProof summary(std::size_t layer) const {
    LayerProof proof{network_.layers[layer].name, 0, 0, 0};
    for (const Node& n : unrolled_.nodes) {
      if (n.layer != static_cast<int>(layer)) continue;
      const auto id =
          static_cast<std::size_t>(&n - unrolled_.nodes.data()) + static_cast<std::size_t>(unrolled_.inputs);
      ++proof.elements;
      proof.proved += elements_[id] ? 1 : 0;
    }
    proof.not_needed = proof.elements - proof.proved;
    return proof;
  }

  const Network& network_;
  UnrolledNetwork unrolled_;
  ProgramForms forms_;
  LargestFinder largest_;
  std::vector<Element> elements_;  // what is known to be each element of the network
  ConeCount count_;
};

}  // namespace

ProgramProof prove_program(const Network& network, const Program& program) {
  try {
    check_program(program, "program");
    return Prover(network, program).run();
  } catch (const Error& error) {  // a range, a width, too many points: nothing was shown
    ProgramProof proof;
    proof.difference = error.what();
    return proof;
  }
}

Json program_proof_to_json(const ProgramProof& proof) {
  Json layers = Json::array();
  for (const LayerProof& l : proof.layers)
    layers.push_back({{"name", l.name}, {"elements", l.elements}, {"proved", l.proved}, {"not_needed", l.not_needed}});
  return {{"verdict", proof.proved ? "proved" : "open"},
          {"layers", layers},
          {"points", proof.points},
          {"difference", proof.difference}};
}

}  // namespace lutra
