#include "import/zip.h"

#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"

namespace {

/// Every entry is unpacked, up to 1 MB.
void parse(std::string_view bytes) {
  const auto path = as_file("t.npz", bytes);
  std::string content(1 << 20, '\0');
  for (const lutra::ZipEntry& entry : lutra::read_zip_directory(path)) try {
      lutra::open_zip_entry(path, entry)->read(content);
    } catch (const lutra::Error&) {
    }
}

}  // namespace

LUTRA_FUZZ(parse)
