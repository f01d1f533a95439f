#include "import/byte_stream.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "base/budget.h"
#include "base/file_error.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

void check_file(const fs::path& path) {
  check_readable(path);
  std::error_code failed;
  if (fs::file_size(path, failed) == 0) throw Error(path.string() + " is empty", "0 bytes", "Write the file again");
}

/// zlib's own reader: it recognises gzip by its magic and passes other files through.
class FileStream : public ByteStream {
 public:
  explicit FileStream(const fs::path& path) : path_(path), file_(gzopen(path.c_str(), "rb"), gzclose) {
    if (!file_) throw file_error("read", path, errno);
    gzbuffer(file_.get(), 1 << 17);
    if (gzdirect(file_.get()) == 0) unpacked_.emplace("bytes when unpacked", unpacked_limit(fs::file_size(path)));
  }

  std::size_t read(std::span<char> to) override {
    std::size_t done = 0;
    while (done < to.size()) {
      const auto step = static_cast<unsigned>(std::min<std::size_t>(to.size() - done, 1 << 24));
      const int got = gzread(file_.get(), to.data() + done, step);
      int code = Z_OK;
      const char* why = gzerror(file_.get(), &code);
      if (got < 0 || (code != Z_OK && code != Z_STREAM_END)) throw damaged(code, why);
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
      if (unpacked_) spend(static_cast<std::size_t>(got));
    }
    return done;
  }

 private:
  Error damaged(int code, const char* why) const {
    if (code == Z_ERRNO) return file_error("read", path_, errno);
    if (code == Z_BUF_ERROR)
      return {path_.string() + " is truncated", "the gzip stream ends early", "Copy or write the file again"};
    return {path_.string() + " is damaged", why, "Copy or write the file again"};
  }

  void spend(std::size_t bytes) {
    try {
      unpacked_->spend(bytes);
    } catch (const Error& e) {
      throw Error(path_.string() + " is too large", e.what(), "Unpack it with gunzip, and give the unpacked file");
    }
  }

  fs::path path_;
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
  std::optional<Budget> unpacked_;  // of a gzip file
};

}  // namespace

std::unique_ptr<ByteStream> open_bytes(const fs::path& path) {
  check_file(path);
  return std::make_unique<FileStream>(path);
}

void read_exactly(ByteStream& stream, std::span<char> to, const std::string& where) {
  const std::size_t got = stream.read(to);
  if (got == to.size()) return;
  throw Error(where + " is truncated",
              std::to_string(to.size()) + " more bytes are needed, " + std::to_string(got) + " are there",
              "Copy or write the file again");
}

bool at_end(ByteStream& stream) {
  char byte = 0;
  return stream.read({&byte, 1}) == 0;
}

std::string first_bytes(const fs::path& path, std::size_t count) {
  std::string head(count, '\0');
  head.resize(open_bytes(path)->read(head));
  return head;
}

}  // namespace lutra
