#include "rtl/primitives.h"

#include "rtl/add3.h"
#include "rtl/lut_pair.h"

namespace lutra {

std::vector<PrimitiveFile> primitive_files() { return {{add3_file, add3_text()}, {lut_pair_file, lut_pair_text()}}; }

}  // namespace lutra
