#pragma once
#include <span>

#include "model/network.h"

namespace lutra {

/// What can be said without looking at values: names, topological order, sizes and ranges of the fields. Error naming
/// the layer. Called by unroll() before anything else.
void check_structure(const Network& network);

/// Shape of a layer's output given its inputs' shapes; also checks its weight arrays against them. Error naming the
/// layer.
Shape output_shape(const Layer& layer, std::span<const Shape> inputs);

}  // namespace lutra
