#include <algorithm>

#include "base/contract.h"
#include "report/sections.h"

namespace lutra {

Missing missing(const std::string& path) {
  const std::vector<ArtifactFile> files = run_files();
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const ArtifactFile& file) { return file.path == path; });
  expects(found != files.end(), "the report knows the file");
  return {found->what, found->command};
}

}  // namespace lutra
