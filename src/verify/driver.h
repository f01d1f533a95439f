#pragma once

namespace lutra {

/// C++ source of the program that drives the Verilator model of any module with Lutra's ports (rtl/design.h). Started
/// as
///   driver STIMULI RESPONSES
/// it streams the events of STIMULI through the module and writes what came out. All numbers are little-endian:
///   STIMULI    u32 in_words, u32 out_words, u32 in_bits, u32 interval, u32 drain, u32 seed, u32 chunks,
///              u64 events; per event u32 idle cycles before it, chunks x in_words x u32 in_data, a chunk per clock
///   RESPONSES  u64 out_valid cycles that belong to no event; per event i32 cycles from its last in_valid to out_valid
///   (-1: it never
///              came), out_words x u32 out_data
/// While in_valid is low or rst is high in_data is garbage, and registers start with garbage: nothing may depend on
/// them. `drain` is how long it waits for outputs after the last event, and after a reset for outputs that must not
/// come.
extern const char* const driver_source;

}  // namespace lutra
