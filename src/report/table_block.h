#pragma once
#include <string>

#include "report/page.h"

namespace lutra {

/// A table with its caption as HTML; a folded one inside <details>.
std::string render_table(const Table& table);

}  // namespace lutra
