#include "rtl/design.h"

#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"
#include "rtl/vhdl.h"

namespace {

/// The folder holds the files that a design of ours names.
void parse(std::string_view text) {
  for (const char* file : {"network.sv", "lutra_add3.sv", "network_tb.sv"})
    if (!std::filesystem::exists(fuzz_folder() / file)) as_file(file, "");
  as_artifact("design.json", lutra::design_kind, text);
  const lutra::Design design = lutra::read_design(fuzz_folder()).design;
  if (design.inputs < 1 << 12) lutra::vhdl_wrapper(design);
}

}  // namespace

LUTRA_FUZZ(parse)
