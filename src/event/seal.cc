#include "event/seal.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/file_error.h"
#include "base/hash.h"
#include "event/h5.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

const char* const remake = "Make it again with the lutra command that writes it";

std::ifstream open_file(const fs::path& path) {
  check_readable(path);
  std::ifstream in(path, std::ios::binary);
  if (!in) throw file_error("read", path, errno);
  return in;
}

/// Hash of everything after the user block, in pieces.
std::string content_hash(const fs::path& path) {
  std::ifstream in = open_file(path);
  in.seekg(h5::user_block);
  std::vector<char> buffer(1 << 20);
  StreamHash hash;
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    hash.add(buffer.data(), static_cast<std::size_t>(in.gcount()));
  return hex(hash.digest());
}

std::string content_hash(const NewFile& file) {
  StreamHash hash;
  std::string piece;
  const std::uint64_t size = file.size();
  for (std::uint64_t at = h5::user_block; at < size; at += piece.size()) {
    piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(1 << 20, size - at)));
    file.read_at(at, piece);
    hash.add(piece.data(), piece.size());
  }
  return hex(hash.digest());
}

/// "name=value" -> value.
bool take(std::istream& in, const std::string& name, std::string& value) {
  std::string word;
  if (!(in >> word) || word.rfind(name + "=", 0) != 0) return false;
  value = word.substr(name.size() + 1);
  return true;
}

}  // namespace

void seal_file(NewFile& file, ArtifactKind kind) {
  std::ostringstream line;
  line << "LUTRA " << kind.name << ' ' << kind.version << " bytes=" << file.size() << " xxh3=" << content_hash(file)
       << '\n';
  std::string block = line.str();
  block.resize(h5::user_block - 1, ' ');
  file.write_at(0, block + '\n');
}

std::optional<Seal> read_seal(const fs::path& path) {
  std::ifstream in = open_file(path);
  std::string block(h5::user_block, '\0');
  in.read(block.data(), static_cast<std::streamsize>(block.size()));
  std::istringstream words(block.substr(0, block.find('\n')));
  std::string magic, bytes;
  Seal seal;
  if (!(words >> magic >> seal.kind >> seal.version) || magic != "LUTRA") return std::nullopt;
  if (!take(words, "bytes", bytes) || !take(words, "xxh3", seal.hash)) return std::nullopt;
  if (bytes.empty() || bytes.size() > 18 || bytes.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  seal.bytes = std::stoull(bytes);
  return seal;
}

void check_seal(const fs::path& path, ArtifactKind kind) {
  const std::optional<Seal> seal = read_seal(path);
  const std::string where = path.string();
  if (!seal) throw Error(where + " is not a Lutra " + kind.name + " file", "it has no Lutra seal", "Check the path");
  if (seal->kind != kind.name)
    throw Error(where + " is a " + seal->kind + " file", std::string("a ") + kind.name + " file is needed here",
                "Check the path");
  if (seal->version < 1 || seal->version > kind.version)
    throw Error(where + " has format version " + std::to_string(seal->version),
                "this program reads up to " + std::to_string(kind.version), std::string("Update Lutra, or ") + remake);
  const std::uint64_t size = fs::file_size(path);
  if (size != seal->bytes)
    throw Error(where + " is truncated or has grown",
                std::to_string(size) + " bytes instead of " + std::to_string(seal->bytes), remake);
  if (content_hash(path) != seal->hash)
    throw Error(where + " is damaged", "its checksum does not match its content", remake);
}

}  // namespace lutra
