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

  ValueLogic run(bool pairs) && {
    std::vector<int> in_case = plan_.singles;
    for (const auto& [x, y] : plan_.pairs) {
      if (pairs) continue;
      in_case.push_back(x);
      in_case.push_back(y);
    }
    std::sort(in_case.begin(), in_case.end());
    if (in_case.size() == plan_.bits.size()) {
      lookup(name_, in_case);
      return std::move(logic_);
    }
    std::vector<Expr> bits;
    for (const TablePlan::Bit& bit : plan_.bits) bits.push_back(plain(bit));
    if (!in_case.empty()) place(bits, lookup(name_ + "_f", in_case), in_case);
    if (pairs)
      for (const auto& [x, y] : plan_.pairs) place(bits, pair(x, y), {x, y});
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

  /// Both bits as outputs of one instance.
  Expr pair(int x, int y) {
    const std::uint64_t support =
        plan_.bits[static_cast<std::size_t>(x)].support | plan_.bits[static_cast<std::size_t>(y)].support;
    std::vector<Expr> inputs;
    std::vector<int> places;
    for (int k = 0; k < table_.index_bits; ++k)
      if ((support >> k & 1) != 0) places.push_back(k);
    for (std::size_t i = 5; i-- > 0;)
      inputs.push_back(i < places.size() ? verilog::slice(index_, places[i], places[i]) : verilog::literal(0, 1));
    std::uint64_t init[2] = {0, 0};
    for (std::size_t i = 0; i < 32; ++i) {
      std::size_t index = 0;
      for (std::size_t p = 0; p < places.size(); ++p) index |= (i >> p & 1) << places[p];
      init[0] |= entry(index, {x}) << i;
      init[1] |= entry(index, {y}) << i;
    }
    const std::string name = name_ + "_b" + std::to_string(x) + "_b" + std::to_string(y);
    logic_.nets.push_back({name, 2});
    logic_.instances.push_back(
        {"lutra_lut_pair",
         " #(.HIGH(" + verilog::literal(init[1], 32).text + "), .LOW(" + verilog::literal(init[0], 32).text + "))",
         "u_" + name,
         {{"x", verilog::concat(inputs).text}, {"y", name}}});
    return verilog::name(name, 2);
  }

  const TruthTable& table_;
  TablePlan plan_;
  std::string name_;
  Expr index_;
  ValueLogic logic_;
};

}  // namespace

ValueLogic table_logic(const TruthTable& table, const std::string& name, const Expr& index, bool pairs) {
  return TableWriter(table, name, index).run(pairs);
}

}  // namespace lutra
