#include "fuzz/fuzz.h"
#include "synth/vendor_report.h"

namespace {

template <class Parse>
void attempt(const Parse& parse, std::string_view text) {
  try {
    parse(std::string(text), "report.rpt");
  } catch (const lutra::Error&) {
  }
}

/// The text as each of the four reports.
void parse(std::string_view text) {
  attempt(lutra::parse_vivado_utilisation, text);
  attempt(lutra::parse_vivado_timing, text);
  attempt(lutra::parse_quartus_fit, text);
  attempt(lutra::parse_quartus_timing, text);
}

}  // namespace

LUTRA_FUZZ(parse)
