#pragma once
#include <vector>

#include "ir/program.h"
#include "ir/schedule.h"

namespace lutra {

/// Fewer registers for a schedule of a program without clocks (no `previous`, no `start`): one boundary between stages
/// after the other is moved, while its neighbours stay, to where the values that cross it have the fewest bits in all
/// (a cheapest cut between what cannot be later and what cannot be earlier), until none gets better. Stages stay within
/// `budget_ns` if they were. `delay_ns` is of every value.
Schedule cut_registers(const Program& program, Schedule schedule, const std::vector<double>& delay_ns,
                       double budget_ns);

}  // namespace lutra
