#pragma once
#include <cstdint>
#include <vector>

#include "fixed/interval.h"
#include "model/network.h"

namespace lutra {

/// One summand: element `element` times `weight` (already on the accumulator's grid).
struct Term {
  int element = 0;
  std::int64_t weight = 0;
};

/// How one element follows from earlier ones.
struct Node {
  enum class Kind {
    linear,  // quantize(relu?(sum terms + bias))      dense, conv, avg_pool, activation, add
    max,     // largest of the terms                    max_pool
    argmax,  // position of the first largest term      argmax
    table,   // (*table)[value of terms[0] - table_min] table
  };
  Kind kind = Kind::linear;
  int layer = 0;
  std::vector<Term> terms;
  std::int64_t bias = 0;
  int frac = 0;  // of the accumulator: it is worth integer x 2^-frac
  bool relu = false;
  bool quantized = false;
  Quantizer quantizer;
  const std::vector<std::int64_t>* table = nullptr;  // owned by the network
  std::int64_t table_min = 0;
  Interval accumulator;        // exact range of sum + bias
  std::int64_t magnitude = 0;  // bound of every partial sum, in any order
};

/// A network with every output element written out: convolutions unrolled, zero weights and padding gone, flatten and
/// concat resolved to names. Element ids: 0 .. inputs-1 are the network's inputs, inputs + i is nodes[i].
struct UnrolledNetwork {
  int inputs = 0;
  std::vector<Node> nodes;
  std::vector<Format> formats;                   // of every element
  std::vector<Interval> ranges;                  // exact range of every element
  std::vector<Shape> shapes;                     // of every layer's output
  std::vector<std::vector<int>> layer_elements;  // of every layer's output, channel by channel
};

/// Unrolls and checks. `network` must outlive the result (tables are referred to). Errors as check().
UnrolledNetwork unroll(const Network& network);

}  // namespace lutra
