#pragma once
#include "ir/program.h"

namespace lutra {

/// Delay of logic between two registers on an UltraScale+ device (-2), mean nets of 300 ps:
///   period = overhead + sum of the delays of the values on the path
/// fitted to public RapidWright cell delays (docs/compiler.md): 561, 387 and 296 MHz for 2, 3 and 4 adder levels. Not
/// calibrated against a vendor run.
struct DelayModel {
  double overhead_ns = 0.18;    // clock to output, setup, skew
  double adder_ns = 0.80;       // LUT, carry chain of 8 bits, net
  double adder_bit_ns = 0.004;  // every bit of carry beyond 8
  double lut_ns = 0.42;         // one LUT and its net
  bool three_inputs = false;    // a sum of three rows is one table, its net and one adder
};

/// Delay of a value from its latest argument; 0 for wires.
double delay_ns(const DelayModel& model, const Program& program, const Value& value);

/// Carry chains in series inside the value: 0 for wires and tables.
int adder_levels(const DelayModel& model, const Program& program, const Value& value);

}  // namespace lutra
