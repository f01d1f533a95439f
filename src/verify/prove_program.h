#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "ir/program.h"
#include "model/network.h"

namespace lutra {

/// What was shown of one layer of a network.
struct LayerProof {
  std::string name;
  int elements = 0;    // outputs of the layer
  int proved = 0;      // of which the program computes exactly this
  int not_needed = 0;  // of which it computes nothing, as no output depends on them
};

struct ProgramProof {
  bool proved = false;
  std::vector<LayerProof> layers;
  std::uint64_t points = 0;  // sums at which quantizers and tables were compared
  std::string difference;    // when not proved: the first layer and element that the program does not compute
};

/// Proves that a program computes the integers of a network for every input in the program's ranges, without running
/// it. Every value becomes a linear form over the values before the last quantizer (verify/linear_form.h); a layer's
/// row holds when some value has exactly its coefficients and bias, up to a constant, and the ops behind it round,
/// limit and look up as the network does for every integer the sum can be (verify/cone.h). Maxima are compared as sets
/// of forms. Ranges are derived anew and must lie inside those that the program states, so nothing overflows. Programs
/// that share hardware over several clocks are unrolled first (ir/unroll_clocks.h). Not proved does not mean different:
/// a compiler that does something new may need a new rule here.
ProgramProof prove_program(const Network& network, const Program& program);

Json program_proof_to_json(const ProgramProof& proof);

}  // namespace lutra
