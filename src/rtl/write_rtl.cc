#include "rtl/write_rtl.h"

#include "ir/text.h"
#include "ir/unroll_clocks.h"
#include "rtl/add3.h"
#include "rtl/cpp_model.h"
#include "rtl/identifier.h"
#include "rtl/layer_modules.h"
#include "rtl/luts.h"
#include "rtl/testbench.h"
#include "rtl/vhdl.h"

namespace lutra {
namespace {

constexpr std::size_t vector_events = 64;

Design describe_design(const RtlInput& input) {
  Design d;
  d.top = identifier(input.program.name);
  d.clock_ns = input.clock_ns;
  d.latency_cycles = input.schedule.stages + input.program.result_clock;
  d.interval_cycles = input.program.interval;
  d.inputs = input.program.inputs;
  d.input_format = input.program.input_format;
  d.input_range = interval_of(d.input_format);
  for (const Value& v : input.program.values)
    if (v.op == Opcode::input) d.input_range = v.range;
  for (const Output& o : input.program.outputs) d.outputs.push_back(o.format);
  d.network_hash = input.network_hash;
  d.cost = input.cost;
  return d;
}

}  // namespace

Design write_rtl(const std::filesystem::path& folder, const RtlInput& input) {
  Design design = describe_design(input);
  const DesignModules modules = make_modules(input.program, input.schedule, design.top, input.three_inputs);
  const auto write = [&](const std::string& file, const std::string& text) {
    write_design_file(folder, design.hashes, file, text);
  };
  const auto write_source = [&](const std::string& file, const std::string& text) {
    design.files.push_back(file);
    write(file, text);
  };
  if (input.three_inputs) {
    write_source(add3_file, add3_text());
    write_source(luts_file, luts_text());
  }
  for (const verilog::Module& m : modules.layers) write_source(m.name + ".sv", verilog::print(m));
  write_source(modules.top.name + ".sv", verilog::print(modules.top));
  const Vectors vectors = make_vectors(input.program, 1, vector_events);
  write(input_vectors_file, vectors.inputs);
  write(output_vectors_file, vectors.outputs);
  design.testbench = "tb_" + design.top + ".sv";
  write(design.testbench, testbench_text(design, vectors.events));
  write("model.h", cpp_model(unroll_clocks(input.program), design.top));
  write(design.top + ".vhd", vhdl_wrapper(design));
  write("network.ir", print_program(input.program));
  return design;
}

}  // namespace lutra
