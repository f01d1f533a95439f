#pragma once
#include "compile/delay.h"
#include "ir/program.h"

namespace lutra {

/// Truth-table collapse: logic of at most six input bits in all becomes one `table` of its concatenated inputs where
/// that costs fewer look-up tables. A cover of the program by tables (cuts.h) and by the ops as they are: least area
/// flow first, then what is used is counted exactly (after Mishchenko, Chatterjee, Brayton, DAC 2006); of equal areas
/// the faster. A program that would cost more stays as it is.
Program collapse(const Program& program, const DelayModel& model);

}  // namespace lutra
