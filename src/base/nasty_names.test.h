#pragma once
#include <string>
#include <vector>

#include "base/random.h"

namespace lutra {

/// Names that want to be code, for tests of all that is printed.
inline std::vector<std::string> nasty_names() {
  using namespace std::string_literals;
  return {
      "a\nmodule e; initial $system(\"touch pwned\"); endmodule\n//"s,
      "a\n#include <cstdlib>\nstatic int p = std::system(\"touch pwned\");\n//"s,
      "a\rb"s,
      "evil\\"s,
      "evil\\\\"s,
      "evil\\ "s,
      "*/ initial $finish; /*"s,
      "/* never closed"s,
      "what?\?/"s,
      "\"; $display(\"hi\"); //"s,
      "`include \"/etc/passwd\""s,
      "`define x"s,
      "$display"s,
      "[exec touch pwned]"s,
      "student -flatten\n! touch pwned\n#"s,
      "; touch pwned"s,
      "${HOME}"s,
      "--"s,
      "-- synthesis translate_off"s,
      "verilator lint_on"s,
      "synopsys translate_off"s,
      "psl default clock"s,
      "@TOP"s,
      "{layer}"s,
      "nul\0byte"s,
      "\x1b[31mred\x1b[0m"s,
      "\xff\xfe not UTF-8"s,
      "µon ✓"s,
      "\u2028line\u2029"s,
      ""s,
      " "s,
      "4-bit"s,
      "_"s,
      "a__b_"s,
      std::string(3000, 'x'),
      // words of the languages, of their libraries and of our own text
      "module"s,
      "endmodule"s,
      "Signal"s,
      "entity"s,
      "namespace"s,
      "class"s,
      "std"s,
      "main"s,
      "exp"s,
      "printf"s,
      "int64_t"s,
      "NULL"s,
      "linux"s,
      "clk"s,
      "in_data"s,
      "out_0"s,
      "out_word"s,
      "wrapper"s,
      "core"s,
      "dut"s,
      "evaluate"s,
      "inputs"s,
      "ring"s,
      "model"s,
      "lutra_add3"s,
      "tb_student"s,
      "layer1_dense"s,
      "valid_d1"s,
      "ieee"s,
      "work"s,
      "std_logic"s,
      // the same in VHDL
      "Student"s,
      "student"s,
      "STUDENT"s,
  };
}

/// And `count` of random bytes.
inline std::vector<std::string> nasty_names_and_random(std::size_t count) {
  std::vector<std::string> names = nasty_names();
  for (std::size_t i = 0; i < count; ++i) {
    Random random(1, RandomStream::verify, i);
    std::string name;
    for (std::uint32_t n = 1 + random.below(12); n > 0; --n) name += static_cast<char>(random.below(256));
    names.push_back(name);
  }
  return names;
}

}  // namespace lutra
