#include "base/temporary.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "base/file_error.h"
#include "base/owner.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr const char* prefix = "lutra-";

fs::path base_folder() {
  const char* chosen = std::getenv("TMPDIR");
  return chosen && *chosen ? chosen : "/tmp";
}

}  // namespace

void sweep_temporary_folders() { sweep(base_folder(), prefix); }

TemporaryFolder::TemporaryFolder() {
  sweep_temporary_folders();
  const fs::path base = base_folder();
  path_ = fs::absolute(base) / temporary_name(prefix);
  if (::mkdir(path_.c_str(), 0700) == 0) return;
  throw file_error("make a temporary folder in", base, errno, "Set TMPDIR to a folder that can be written");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a destructor must not throw; what stays is removed by a later lutra
  fs::remove_all(path_, ignored);
}

}  // namespace lutra
