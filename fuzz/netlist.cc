#include "base/json.h"
#include "fuzz/fuzz.h"
#include "synth/cells.h"

namespace {

/// What the statistics of Yosys say about a netlist.
void parse(std::string_view text) { lutra::count_cells(lutra::parse_json(text, "stat.json"), "top").lut(); }

}  // namespace

LUTRA_FUZZ(parse)
