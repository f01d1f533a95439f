#pragma once
#include "compile/delay.h"
#include "ir/schedule.h"

namespace lutra {

/// Puts every value into the earliest stage in which it meets the clock, then moves values into later stages where that
/// saves registers and costs no latency: one by one, and in programs of a single clock all at a time (register_cuts.h).
/// A value slower than a whole clock gets a stage of its own.
Schedule make_schedule(const Program& program, double clock_ns, const DelayModel& model = {});

}  // namespace lutra
