#include "rtl/vhdl.h"

#include "rtl/text_template.h"

namespace lutra {
namespace {

constexpr const char* text =
    R"(-- Module @TOP for VHDL designs. Ports are synchronous to clk; rst is active high and clears the valid pipeline.
library ieee;
use ieee.std_logic_1164.all;
use ieee.numeric_std.all;

entity @TOP_vhdl is
  port (
    clk       : in  std_logic;
    rst       : in  std_logic;
    in_valid  : in  std_logic;  -- @CONTRACT
@INPUTS    out_valid : out std_logic;  -- @LATENCY clocks after @WHICH in_valid
@OUTPUTS  );
end entity;

architecture wrapper of @TOP_vhdl is
  component @TOP is
    port (
      clk       : in  std_logic;
      rst       : in  std_logic;
      in_valid  : in  std_logic;
      in_data   : in  std_logic_vector(@IN_TOP downto 0);
      out_valid : out std_logic;
      out_data  : out std_logic_vector(@OUT_TOP downto 0)
    );
  end component;
  signal in_word  : std_logic_vector(@IN_TOP downto 0);
  signal out_word : std_logic_vector(@OUT_TOP downto 0);
begin
  in_word <= @IN_WORD;
  core : component @TOP
    port map (clk => clk, rst => rst, in_valid => in_valid, in_data => in_word, out_valid => out_valid,
              out_data => out_word);
@UNPACK@END
)";

struct Port {
  std::string name, comment;
  Format format;
};

std::vector<Port> output_ports(const Design& d) {
  std::vector<Port> ports;
  for (std::size_t i = 0; i < d.outputs.size(); ++i)
    ports.push_back({"out_" + std::to_string(i), to_string(d.outputs[i]), d.outputs[i]});
  if (d.chain.is_null()) return ports;
  const char* names[] = {"pt", "position", "accept"};
  for (std::size_t i = 0; i < ports.size(); ++i) ports[i].name = names[i];
  ports[1].comment += ", in columns of the image";
  return ports;
}

std::string bits(int width) { return "(" + std::to_string(width - 1) + " downto 0)"; }

std::string input_ports(const Design& d) {
  const std::string comment =
      "  -- element i in bits " + std::to_string(d.input_format.bits) + " i: " + to_string(d.input_format) + "\n";
  if (d.chain.is_null())
    return "    in_data   : in  std_logic_vector" + bits(d.inputs * d.input_format.bits) + ";" + comment;
  return "    in_first  : in  std_logic;  -- first chunk of an image\n    in_hits   : in  std_logic_vector" +
         bits(d.inputs - 1) + ";  -- row by row\n";
}

}  // namespace

std::string vhdl_wrapper(const Design& d) {
  const bool is_chain = !d.chain.is_null();
  std::string outputs, unpack;
  int low = 0;
  const std::vector<Port> ports = output_ports(d);
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const Port& p = ports[i];
    const bool is_bit = is_chain && i == 2;
    const std::string type = p.format.is_signed ? "signed" : "unsigned", end = i + 1 < ports.size() ? ";" : "";
    const std::string slice =
        "out_word(" + std::to_string(low + p.format.bits - 1) + " downto " + std::to_string(low) + ")";
    outputs += "    " + p.name + " : out " + (is_bit ? "std_logic" : type + bits(p.format.bits)) + end + "  -- " +
               p.comment + "\n";
    unpack +=
        "  " + p.name + " <= " + (is_bit ? "out_word(" + std::to_string(low) + ")" : type + "(" + slice + ")") + ";\n";
    low += p.format.bits;
  }
  const std::string contract = is_chain
                                   ? std::to_string(d.chunks) + " clocks in a row per image, at most one image every " +
                                         std::to_string(d.interval_cycles) + " clocks"
                                   : "at most every " + std::to_string(d.interval_cycles) + " clock(s)";
  return fill_template(text, {{"TOP", d.top},
                              {"CONTRACT", contract},
                              {"INPUTS", input_ports(d)},
                              {"LATENCY", std::to_string(d.latency_cycles)},
                              {"WHICH", is_chain ? "the last" : "its"},
                              {"OUTPUTS", outputs},
                              {"IN_TOP", std::to_string(d.inputs * d.input_format.bits - 1)},
                              {"OUT_TOP", std::to_string(low - 1)},
                              {"IN_WORD", is_chain ? "in_first & in_hits" : "in_data"},
                              {"UNPACK", unpack},
                              {"END", "end architecture;"}});
}

}  // namespace lutra
