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
  if (std::isdigit(static_cast<unsigned char>(d.top[0])) != 0) d.top = "n" + d.top;
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

Design write_rtl(const std::filesystem::path& folder, const RtlInput& input, const Json& config) {
  Design design = describe_design(input);
  const DesignModules modules = make_modules(input.program, input.schedule, design.top, input.three_inputs);
  const auto write = [&](const std::string& file, const std::string& text) {
    design.files.push_back(file);
    write_text_atomically(folder / file, text);
  };
  if (input.three_inputs) {
    write(add3_file, add3_text());
    write(luts_file, luts_text());
  }
  for (const verilog::Module& m : modules.layers) write(m.name + ".sv", verilog::print(m));
  write(modules.top.name + ".sv", verilog::print(modules.top));
  const Vectors vectors = make_vectors(input.program, 1, vector_events);
  write_text_atomically(folder / input_vectors_file, vectors.inputs);
  write_text_atomically(folder / output_vectors_file, vectors.outputs);
  design.testbench = "tb_" + design.top + ".sv";
  write_text_atomically(folder / design.testbench, testbench_text(design, vectors.events));
  write_text_atomically(folder / "model.h", cpp_model(unroll_clocks(input.program), design.top));
  write_text_atomically(folder / (design.top + ".vhd"), vhdl_wrapper(design));
  write_text_atomically(folder / "network.ir", print_program(input.program));
  write_design(folder, design, config);
  return design;
}

}  // namespace lutra
