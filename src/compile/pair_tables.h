#pragma once
#include "ir/program.h"

namespace lutra {

/// Joins tables of at most five index bits together, each of which would leave half a LUT6_2 unused, into one table
/// with both results side by side. Tables of one layer that are equally far from the inputs; those that share most
/// inputs first.
Program pair_tables(const Program& program);

}  // namespace lutra
