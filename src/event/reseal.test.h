#pragma once
#include "base/new_file.h"
#include "event/seal.h"

namespace lutra {

/// Seals a file with a user block that lies there, as somebody who changed it would.
inline void reseal(const std::filesystem::path& path, ArtifactKind kind) {
  const std::string bytes = read_text(path);
  write_atomically(path, [&](NewFile& file) {
    file.append(bytes);
    seal_file(file, kind);
  });
}

}  // namespace lutra
