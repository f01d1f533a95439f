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
    for (const Node& n : unrolled_.nodes) elements_.push_back(find(n));
    ProgramProof proof;
    proof.points = count_.points;
    proof.difference = first_difference();
    proof.proved = proof.difference.empty();
    for (std::size_t layer = 0; layer < network_.layers.size(); ++layer) proof.layers.push_back(summary(layer));
    return proof;
  }

 private:
  void add_inputs() {
    const Program& p = forms_.program();
    if (p.inputs != unrolled_.inputs) throw Error("the program has other inputs than the network", "", "Compile again");
    for (int i = 0; i < unrolled_.inputs; ++i)
      elements_.push_back(forms_.add_unknown(unrolled_.ranges[static_cast<std::size_t>(i)]));
    for (int id = 0; id < static_cast<int>(p.values.size()); ++id)
      if (p.value(id).op == Opcode::input) elements_[static_cast<std::size_t>(p.value(id).a)] = forms_.form(id);
  }

  const LinearForm& element(int id) const { return elements_[static_cast<std::size_t>(id)]; }
  bool is_found(int id) const { return forms_.is_known(element(id)); }

  /// The value of the program that the next element is, a constant, or something unknown in the range it must have.
  LinearForm find(const Node& n) {
    std::vector<LinearForm> terms;
    for (const Term& t : n.terms)
      terms.push_back(n.kind == Node::Kind::linear || n.kind == Node::Kind::argmax
                          ? add({}, element(t.element), t.weight)
                          : element(t.element));
    const Interval stated = unrolled_.ranges[elements_.size()];
    switch (n.kind) {
      case Node::Kind::linear:
        return linear(n, terms, stated);
      case Node::Kind::table:
        return function(terms[0], {[&](std::int64_t x) { return entry(n, x); }, false}, stated);
      case Node::Kind::max:
        return found_or_unknown(largest_.find_max(terms), stated);
      case Node::Kind::argmax:
        return found_or_unknown(largest_.find_position(terms), stated);
    }
    return {};
  }

  LinearForm found_or_unknown(const std::optional<LinearForm>& found, Interval range) {
    return found ? *found : forms_.add_unknown(range);
  }

  /// The element that a table is of stays inside it, even where ranges found here are wider.
  static std::int64_t entry(const Node& n, std::int64_t x) {
    return (*n.table)[static_cast<std::size_t>(
        std::clamp<std::int64_t>(x - n.table_min, 0, static_cast<std::int64_t>(n.table->size()) - 1))];
  }

  LinearForm linear(const Node& n, const std::vector<LinearForm>& terms, Interval stated) {
    LinearForm sum{{}, n.bias};
    for (const LinearForm& t : terms) sum = add(sum, t, 1);
    const bool wraps = n.quantized && n.quantizer.overflow == Overflow::wrap;
    const auto apply = [&](std::int64_t x) {
      if (n.relu) x = std::max<std::int64_t>(x, 0);
      return n.quantized ? quantize(x, n.frac, n.quantizer) : x;
    };
    return function(sum, {apply, !wraps}, stated);
  }

  LinearForm function(const LinearForm& sum, const SumFunction& f, Interval stated) {
    const Interval results = image(f, forms_.range(sum), stated);
    if (results.lo == results.hi) return {{}, results.lo};
    return found_or_unknown(find_function(forms_, sum, f, count_), results);
  }

  /// Elements that the outputs depend on through nodes that were not found.
  std::string first_difference() const {
    const std::vector<int>& outputs = unrolled_.layer_elements.back();
    if (forms_.program().outputs.size() != outputs.size()) return "the program has another number of outputs";
    std::set<int> missing;
    std::vector<int> open;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      if (!is_found(outputs[i])) open.push_back(outputs[i]);
      if (is_found(outputs[i]) && forms_.form(forms_.program().outputs[i].value) != element(outputs[i]))
        return "output " + std::to_string(i);
    }
    while (!open.empty()) {
      const int id = open.back();
      open.pop_back();
      if (!missing.insert(id).second || id < unrolled_.inputs) continue;
      for (const Term& t : unrolled_.nodes[static_cast<std::size_t>(id - unrolled_.inputs)].terms)
        if (!is_found(t.element)) open.push_back(t.element);
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
    for (std::size_t i = 0; i < unrolled_.nodes.size(); ++i) {
      if (unrolled_.nodes[i].layer != static_cast<int>(layer)) continue;
      ++proof.elements;
      proof.proved += is_found(unrolled_.inputs + static_cast<int>(i));
    }
    proof.not_needed = proof.elements - proof.proved;
    return proof;
  }

  const Network& network_;
  UnrolledNetwork unrolled_;
  ProgramForms forms_;
  LargestFinder largest_;
  std::vector<LinearForm> elements_;  // of the network
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
