#include "base/temporary.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "base/error.h"

namespace lutra {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "lutra-XXXXXX").string();
  if (!::mkdtemp(name.data()))
    throw Error("cannot make a temporary folder at " + name, std::strerror(errno), "Set TMPDIR to a writable folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a destructor must not throw; what stays is in the temporary folder of the system
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace lutra
