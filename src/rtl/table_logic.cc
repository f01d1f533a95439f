#include "rtl/table_logic.h"

#include <algorithm>
#include <bit>

namespace lutra {
namespace {

using verilog::Expr;

class TableWriter {
 public:
  TableWriter(const TruthTable& table, std::string name, const Expr& index)
      : table_(table), plan_(plan_table(table)), name_(std::move(name)), index_(index) {}

  ValueLogic run(bool primitives) && {
    const std::vector<int> in_case = case_bits(primitives);
    if (in_case.size() == plan_.bits.size()) {
      lookup(name_, in_case);
      return std::move(logic_);
    }
    std::vector<Expr> bits;
    for (const TablePlan::Bit& bit : plan_.bits) bits.push_back(plain(bit));
    if (!in_case.empty()) place(bits, lookup(name_ + "_case", in_case), in_case);
    if (primitives) {
      for (const int x : plan_.singles)
        if (is_narrow(x)) bits[static_cast<std::size_t>(x)] = lut(x);
      for (const auto& [x, y] : plan_.pairs) place(bits, lut_pair(x, y), {x, y});
    }
    std::reverse(bits.begin(), bits.end());
    logic_.wires.push_back({name_, verilog::concat(bits), ""});
    return std::move(logic_);
  }

 private:
  /// A bit that needs no table.
  Expr plain(const TablePlan::Bit& bit) const {
    if (bit.kind == TablePlan::Kind::constant) return verilog::literal(bit.inverted ? 1 : 0, 1);
    const int k = std::countr_zero(bit.support);
    const Expr wire = verilog::slice(index_, k, k);
    return bit.inverted ? verilog::invert(wire) : wire;
  }

  /// The bits of `source` are these of the result.
  static void place(std::vector<Expr>& bits, const Expr& source, const std::vector<int>& of) {
    for (int i = 0; i < static_cast<int>(of.size()); ++i)
      bits[static_cast<std::size_t>(of[static_cast<std::size_t>(i)])] = verilog::slice(source, i, i);
  }

  std::uint64_t entry(std::size_t index, const std::vector<int>& bits) const {
    std::uint64_t entry = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) entry |= (table_.patterns[index] >> bits[i] & 1) << i;
    return entry;
  }

  Expr lookup(const std::string& name, const std::vector<int>& bits) {
    verilog::Lookup lookup{name, static_cast<int>(bits.size()), index_, {}};
    for (std::size_t i = 0; i < table_.patterns.size(); ++i) lookup.entries.emplace_back(i, entry(i, bits));
    logic_.lookups.push_back(lookup);
    return verilog::name(name, lookup.width);
  }

  std::uint64_t support(int bit) const { return plan_.bits[static_cast<std::size_t>(bit)].support; }
  bool is_narrow(int bit) const { return std::popcount(support(bit)) <= 6; }

  /// Functions that are not instances.
  std::vector<int> case_bits(bool primitives) const {
    std::vector<int> bits;
    for (const int x : plan_.singles)
      if (!primitives || !is_narrow(x)) bits.push_back(x);
    for (const auto& [x, y] : plan_.pairs)
      if (!primitives) bits.insert(bits.end(), {x, y});
    std::sort(bits.begin(), bits.end());
    return bits;
  }

  static std::vector<int> places(std::uint64_t support) {
    std::vector<int> places;
    for (int k = 0; support >> k != 0; ++k)
      if ((support >> k & 1) != 0) places.push_back(k);
    return places;
  }

  /// These index bits as the `count` inputs of an instance.
  std::string inputs(const std::vector<int>& places, std::size_t count) const {
    std::vector<Expr> inputs;
    for (std::size_t i = count; i-- > 0;)
      inputs.push_back(i < places.size() ? verilog::slice(index_, places[i], places[i]) : verilog::literal(0, 1));
    return verilog::concat(inputs).text;
  }

  /// A bit of the result by `count` inputs, those of them that have a place.
  std::string init(int bit, const std::vector<int>& places, std::size_t count) const {
    std::uint64_t init = 0;
    for (std::size_t i = 0; i < std::size_t{1} << count; ++i) {
      std::size_t index = 0;
      for (std::size_t p = 0; p < places.size(); ++p) index |= (i >> p & 1) << places[p];
      init |= entry(index, {bit}) << i;
    }
    return verilog::literal(init, 1 << count).text;
  }

  Expr instance(const std::string& module, const std::string& parameters, const std::string& name, int width,
                const std::string& inputs) {
    logic_.nets.push_back({name, width});
    logic_.instances.push_back({module, " #(" + parameters + ")", "u_" + name, {{"x", inputs}, {"y", name}}});
    return verilog::name(name, width);
  }

  Expr lut(int bit) {
    const std::vector<int> from = places(support(bit));
    return instance("lutra_lut", ".INIT(" + init(bit, from, 6) + ")", name_ + "_b" + std::to_string(bit), 1,
                    inputs(from, 6));
  }

  Expr lut_pair(int x, int y) {
    const std::vector<int> from = places(support(x) | support(y));
    return instance("lutra_lut_pair", ".HIGH(" + init(y, from, 5) + "), .LOW(" + init(x, from, 5) + ")",
                    name_ + "_b" + std::to_string(x) + "_b" + std::to_string(y), 2, inputs(from, 5));
  }

  const TruthTable& table_;
  TablePlan plan_;
  std::string name_;
  Expr index_;
  ValueLogic logic_;
};

}  // namespace

ValueLogic table_logic(const TruthTable& table, const std::string& name, const Expr& index, bool primitives) {
  return TableWriter(table, name, index).run(primitives);
}

}  // namespace lutra
