#pragma once
#include <vector>

#include "ir/program.h"

namespace lutra {

/// In which pipeline stage every value is computed. A value computed in stage k is in a register from stage k + 1 on;
/// outputs leave through a register after the last stage. Inputs and constants are in stage 0 (constants need no
/// registers).
/// `previous` in stage k is its argument, from a stage <= k, one register further on: it has no register of its own.
struct Schedule {
  std::vector<int> stage;  // [values]
  int stages = 1;          // latency in clocks
};

/// Last stage in which each value is used ([values]); outputs are used in stage `stages`. A value needs
/// last_use - stage registers of its width. Values that nothing uses get their own stage.
std::vector<int> last_use(const Program& program, const Schedule& schedule);

/// Whether a value that is used later is kept in registers of its own.
bool is_registered(const Value& value);

/// Flip-flops of the data path, the valid bit not counted.
int count_registers(const Program& program, const Schedule& schedule);

}  // namespace lutra
