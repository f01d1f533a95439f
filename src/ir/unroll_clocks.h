#pragma once
#include "ir/program.h"

namespace lutra {

/// The program without time: what an event's outputs are, as a function of its inputs alone. Every value is written out
/// once per clock that matters, with `start` and everything before the event constant. For programs with `interval` 1
/// and no memory it is the program itself, folded again.
Program unroll_clocks(const Program& program);

}  // namespace lutra
