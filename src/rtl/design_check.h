#pragma once
#include <string>

#include "rtl/design.h"

namespace lutra {

/// Error, with `where` in front, unless every field is one that the compiler can have written: names are identifiers,
/// files are plain names of this design, numbers are in their ranges. What the folder holds is not looked at; `chain`
/// is checked by those who know it.
void check_design(const Design& design, const std::string& where);

}  // namespace lutra
