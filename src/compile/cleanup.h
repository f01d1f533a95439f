#pragma once
#include "ir/program.h"

namespace lutra {

/// The program without values that no output depends on and without unused tables. Inputs stay.
Program remove_dead(const Program& program);

}  // namespace lutra
