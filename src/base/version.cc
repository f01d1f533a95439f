#include "base/version.h"

namespace lutra {

std::string code_version() { return LUTRA_VERSION " (" LUTRA_REVISION ")"; }

}  // namespace lutra
