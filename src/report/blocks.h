#pragma once
#include <string>

#include "report/page.h"

namespace lutra {

/// One block as HTML. All texts are escaped here.
std::string render_block(const Block& block);

}  // namespace lutra
