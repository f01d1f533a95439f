#include "import/provenance.h"

#include <fstream>
#include <vector>

#include "base/hash.h"

namespace lutra {

ImportReport::File describe_file(const std::filesystem::path& path, const std::string& format) {
  std::ifstream in(path, std::ios::binary);
  std::vector<char> buffer(1 << 20);
  StreamHash hash;
  std::uint64_t bytes = 0;
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
    hash.add(buffer.data(), static_cast<std::size_t>(in.gcount()));
    bytes += static_cast<std::uint64_t>(in.gcount());
  }
  return {path.filename().string(), format, bytes, hex(hash.digest())};
}

}  // namespace lutra
