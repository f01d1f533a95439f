#include "import/spool.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "base/contract.h"
#include "base/file_error.h"

namespace lutra {

Spool::Spool(ByteStream& stream, std::uint64_t bytes)
    : path_(folder_ / "array"), file_(std::fopen(path_.c_str(), "w+b"), std::fclose) {
  if (!file_) throw file_error("write", path_, errno);
  std::vector<char> buffer(1 << 20);
  while (size_ < bytes) {
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), bytes - size_));
    const std::size_t got = stream.read(std::span(buffer).first(step));
    if (std::fwrite(buffer.data(), 1, got, file_.get()) != got) throw file_error("write", path_, errno);
    size_ += got;
    if (got < step) break;
  }
  if (std::fflush(file_.get()) != 0) throw file_error("write", path_, errno);
}

void Spool::read(std::uint64_t at, std::span<char> to) const {
  expects(at + to.size() <= size_, "bytes that are there");
  while (!to.empty()) {
    const ssize_t got = pread(fileno(file_.get()), to.data(), to.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw file_error("read", path_, got < 0 ? errno : EIO);
    at += static_cast<std::uint64_t>(got);
    to = to.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace lutra
