#include "event/seal.h"

#include <fstream>
#include <sstream>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "event/h5.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

const char* const remake = "Make it again with the lutra command that writes it";

std::ifstream open_file(const fs::path& path) {
  std::error_code failed;
  const auto status = fs::status(path, failed);
  if (!fs::exists(status)) throw Error(path.string() + " does not exist", "", "Check the path");
  if (!fs::is_regular_file(status)) throw Error(path.string() + " is not a file", "", "Check the path");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot read " + path.string(), "", "Check its permissions");
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

/// "name=value" -> value.
bool take(std::istream& in, const std::string& name, std::string& value) {
  std::string word;
  if (!(in >> word) || word.rfind(name + "=", 0) != 0) return false;
  value = word.substr(name.size() + 1);
  return true;
}

}  // namespace

void seal_file(const fs::path& path, ArtifactKind kind) {
  std::ostringstream line;
  line << "LUTRA " << kind.name << ' ' << kind.version << " bytes=" << fs::file_size(path)
       << " xxh3=" << content_hash(path) << '\n';
  std::string block = line.str();
  block.resize(h5::user_block - 1, ' ');
  block += '\n';
  std::fstream out(path, std::ios::binary | std::ios::in | std::ios::out);
  out.write(block.data(), static_cast<std::streamsize>(block.size()));
  out.close();
  if (!out) throw Error("cannot write " + path.string(), "disk full or folder not writable", "");
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
