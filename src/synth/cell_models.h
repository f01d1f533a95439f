#pragma once

namespace lutra {

/// Yosys map file that gives every UltraScale+ cell of our netlists its function (AMD UG974), as LUTs, gates and
/// flip-flops that Yosys can turn into an and-inverter graph. Written independently of Yosys' own library, whose models
/// it checks.
extern const char* const cell_models;

}  // namespace lutra
