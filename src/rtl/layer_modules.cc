#include "rtl/layer_modules.h"

#include <map>
#include <set>

#include "base/contract.h"
#include "rtl/identifier.h"
#include "rtl/value_logic.h"

namespace lutra {
namespace {

using verilog::Expr;

/// Values that one layer (-1: the inputs) hands to others, packed into one vector from bit 0 upwards.
struct Bundle {
  std::string port;
  int width = 0;
  std::map<int, int> place;  // value -> lowest bit
};

/// The pipeline registers of one module: makes value `id` available in a later stage than its own.
class Delays {
 public:
  Delays(const Program& program, const Schedule& schedule, verilog::Module& module)
      : program_(program), schedule_(schedule), module_(module) {}

  Expr at(int id, int stage) {
    const Value& v = program_.value(id);
    const int bits = format_of(v).bits;
    if (v.op == Opcode::previous) return past(id, stage, bits);
    const bool reset = v.op == Opcode::start;  // no event before a reset may disturb one after it
    if (v.op == Opcode::constant) return verilog::literal(pattern(v.a, bits), bits);
    const int delay = stage - schedule_.stage[static_cast<std::size_t>(id)];
    expects(delay >= 0, "a value is computed before it is used");
    Expr x = verilog::name(value_name(program_, id), bits);
    for (int d = 1; d <= delay; ++d) {
      const std::string next = value_name(program_, id) + "_d" + std::to_string(d);
      if (made_.insert(next).second) module_.registers.push_back({next, x, reset});
      x = verilog::name(next, bits);
    }
    return x;
  }

 private:
  /// A value of an event before is further along its registers. Its range also holds 0, so it may be wider.
  Expr past(int id, int stage, int bits) {
    const PastValue p = past_value(program_, id);
    return resize(at(p.value, stage + p.clocks), format_of(program_.value(p.value)), bits);
  }

  const Program& program_;
  const Schedule& schedule_;
  verilog::Module& module_;
  std::set<std::string> made_;
};

class ModuleMaker {
 public:
  ModuleMaker(const Program& program, const Schedule& schedule, std::string top, bool three_inputs)
      : program_(program), schedule_(schedule), top_(std::move(top)), three_inputs_(three_inputs) {
    const auto layers = program.layers.size();
    bundles_.resize(layers + 1);
    sources_.resize(layers + 1);
    names_.push_back("in_data");
    for (std::size_t l = 0; l < layers; ++l)
      names_.push_back("layer" + std::to_string(l + 1) + "_" + identifier_part(program.layers[l]));
    find_bundles();
  }

  DesignModules run() && {
    DesignModules design;
    for (std::size_t l = 1; l < names_.size(); ++l)
      if (bundles_[l].width > 0) design.layers.push_back(layer_module(static_cast<int>(l)));
    design.top = top_module();
    return design;
  }

 private:
  std::size_t home(int id) const { return static_cast<std::size_t>(program_.value(id).layer + 1); }
  bool is_constant(int id) const { return program_.value(id).op == Opcode::constant; }

  bool is_start(int id) const { return program_.value(id).op == Opcode::start; }

  void export_value(int id) {
    Bundle& b = bundles_[home(id)];
    if (is_constant(id) || home(id) == 0 || b.place.contains(id)) return;
    b.place[id] = b.width;
    b.width += format_of(program_.value(id)).bits;
  }

  void find_bundles() {
    const int bits = program_.input_format.bits;
    bundles_[0].width = program_.inputs * bits;
    for (int id = 0; id < static_cast<int>(program_.values.size()); ++id) {
      const Value& v = program_.value(id);
      if (v.op == Opcode::input) bundles_[0].place[id] = static_cast<int>(v.a) * bits;
      if (v.op == Opcode::previous) continue;
      for (const Operand& o : v.args) {
        const int source = past_value(program_, o.value).value;
        if (is_start(source)) uses_start_.insert(home(id));
        if (home(source) == home(id) || is_constant(source) || is_start(source)) continue;
        export_value(source);
        sources_[home(id)].insert(home(source));
      }
    }
    for (const Output& o : program_.outputs) export_value(past_value(program_, o.value).value);
  }

  /// Wires of the values of a bundle that this module reads.
  void unpack(verilog::Module& m, std::size_t source, const std::set<int>& wanted) const {
    const Bundle& b = bundles_[source];
    for (const auto& [id, place] : b.place)
      if (wanted.contains(id))
        m.wires.push_back({value_name(program_, id),
                           verilog::slice(verilog::name(names_[source], b.width),
                                          place + format_of(program_.value(id)).bits - 1, place),
                           ""});
  }

  verilog::Module layer_module(int layer) const {
    const auto home_index = static_cast<std::size_t>(layer);
    verilog::Module m;
    m.name = top_ + "_" + names_[home_index];
    m.comment = "Layer " + std::to_string(layer) + " \"" + program_.layers[home_index - 1] + "\" of network \"" +
                program_.name + "\".";
    m.ports.push_back({false, "clk", 1});
    if (uses_start_.contains(home_index)) {
      m.ports.push_back({false, "rst", 1});
      m.ports.push_back({false, "in_valid", 1});
    }
    for (const std::size_t s : sources_[home_index]) m.ports.push_back({false, names_[s], bundles_[s].width});
    m.ports.push_back({true, "out_data", bundles_[home_index].width});
    std::set<int> wanted;
    for (const Value& v : program_.values)
      if (v.layer + 1 == layer && v.op != Opcode::previous)
        for (const Operand& o : v.args) wanted.insert(past_value(program_, o.value).value);
    for (const std::size_t s : sources_[home_index]) unpack(m, s, wanted);
    for (const int id : wanted)
      if (is_start(id)) m.wires.push_back({value_name(program_, id), verilog::name("in_valid", 1), ""});
    add_logic(m, layer);
    std::vector<Expr> packed;
    std::map<int, int> by_place;
    for (const auto& [id, place] : bundles_[home_index].place) by_place[place] = id;
    for (auto it = by_place.rbegin(); it != by_place.rend(); ++it)
      packed.push_back(verilog::name(value_name(program_, it->second), format_of(program_.value(it->second)).bits));
    m.assigns.emplace_back("out_data", verilog::concat(packed));
    return m;
  }

  void add_logic(verilog::Module& m, int layer) const {
    Delays delays(program_, schedule_, m);
    for (int id = 0; id < static_cast<int>(program_.values.size()); ++id) {
      const Value& v = program_.value(id);
      if (v.layer + 1 != layer || v.op == Opcode::constant || v.op == Opcode::previous || v.op == Opcode::start)
        continue;
      const int stage = schedule_.stage[static_cast<std::size_t>(id)];
      ValueLogic logic = value_logic(program_, id, three_inputs_, [&](int arg) { return delays.at(arg, stage); });
      if (!logic.wires.empty())
        logic.wires.back().comment =
            "stage " + std::to_string(stage) + ", " + std::to_string(v.range.lo) + " .. " + std::to_string(v.range.hi);
      for (auto& w : logic.wires) m.wires.push_back(std::move(w));
      for (auto& n : logic.nets) m.nets.push_back(std::move(n));
      for (auto& a : logic.instances) m.instances.push_back(std::move(a));
      for (auto& t : logic.lookups) m.lookups.push_back(std::move(t));
    }
  }

  verilog::Module top_module() const {
    verilog::Module m;
    m.name = top_;
    m.comment = "Network \"" + program_.name + "\": one event per " +
                (program_.interval == 1 ? "clock, " : std::to_string(program_.interval) + " clocks, ") +
                std::to_string(schedule_.stages + program_.result_clock) + " clocks of latency.";
    m.ports = {{false, "clk", 1},      {false, "rst", 1},
               {false, "in_valid", 1}, {false, "in_data", bundles_[0].width},
               {true, "out_valid", 1}, {true, "out_data", output_width()}};
    for (std::size_t l = 1; l < names_.size(); ++l) {
      if (bundles_[l].width == 0) continue;
      m.nets.push_back({names_[l], bundles_[l].width});
      verilog::Instance instance{top_ + "_" + names_[l], "", "u_" + names_[l], {{"clk", "clk"}}};
      if (uses_start_.contains(l)) {
        instance.connections.emplace_back("rst", "rst");
        instance.connections.emplace_back("in_valid", "in_valid");
      }
      for (const std::size_t s : sources_[l]) instance.connections.emplace_back(names_[s], names_[s]);
      instance.connections.emplace_back("out_data", names_[l]);
      m.instances.push_back(std::move(instance));
    }
    add_outputs(m);
    add_valid(m);
    return m;
  }

  int output_width() const {
    int width = 0;
    for (const Output& o : program_.outputs) width += o.format.bits;
    return width;
  }

  void add_outputs(verilog::Module& m) const {
    std::set<int> wanted;
    for (const Output& o : program_.outputs) wanted.insert(past_value(program_, o.value).value);
    for (std::size_t s = 0; s < names_.size(); ++s) unpack(m, s, wanted);
    Delays delays(program_, schedule_, m);
    std::vector<Expr> packed;
    for (auto o = program_.outputs.rbegin(); o != program_.outputs.rend(); ++o)
      packed.push_back(
          resize(delays.at(o->value, schedule_.stages), format_of(program_.value(o->value)), o->format.bits));
    m.assigns.emplace_back("out_data", verilog::concat(packed));
  }

  void add_valid(verilog::Module& m) const {
    Expr valid = verilog::name("in_valid", 1);
    for (int s = 1; s <= schedule_.stages + program_.result_clock; ++s) {
      const std::string next = "valid_d" + std::to_string(s);
      m.registers.push_back({next, valid, true});
      valid = verilog::name(next, 1);
    }
    m.assigns.emplace_back("out_valid", valid);
  }

  const Program& program_;
  const Schedule& schedule_;
  std::string top_;
  bool three_inputs_;
  std::vector<std::string> names_;  // of bundles: in_data, then a name per layer
  std::vector<Bundle> bundles_;
  std::set<std::size_t> uses_start_;            // bundles whose layer needs to know when an event arrives
  std::vector<std::set<std::size_t>> sources_;  // bundles that a layer reads
};

}  // namespace

DesignModules make_modules(const Program& program, const Schedule& schedule, const std::string& top,
                           bool three_inputs) {
  return ModuleMaker(program, schedule, top, three_inputs).run();
}

}  // namespace lutra
