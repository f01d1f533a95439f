#include "base/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <utility>
#include <vector>

#include "base/file_error.h"
#include "base/owner.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as the kernel

/// Where a chain of links leads, whether or not something is there.
fs::path behind_links(fs::path path) {
  std::error_code failed;
  for (int i = 0; i < most_links; ++i) {
    if (!fs::is_symlink(fs::symlink_status(path, failed))) return path;
    const fs::path target = fs::read_symlink(path, failed);
    if (failed) throw file_error("write", path, failed.value());
    path = path.parent_path() / target;  // an absolute target replaces it all
  }
  throw file_error("write", path, ELOOP);
}

void check_place(const fs::path& path, const fs::path& place) {
  std::error_code failed;
  const fs::file_status status = fs::status(place, failed);
  if (fs::exists(status) && !fs::is_regular_file(status)) throw not_a_file("write", path, status.type());
}

fs::path folder_of(const fs::path& place) { return place.has_parent_path() ? place.parent_path() : "."; }

/// A new name is on disk when its folder is.
void flush_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw file_error("write", folder, errno);
  const int failed = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (failed != 0 && failed != EINVAL) throw file_error("write", folder, failed);  // EINVAL: it has nothing to flush
}

void append_file(NewFile& to, const fs::path& from) {
  check_readable(from);
  std::ifstream in(from, std::ios::binary);
  std::vector<char> buffer(1 << 20);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    to.append({buffer.data(), static_cast<std::size_t>(in.gcount())});
  if (!in.eof()) throw file_error("read", from, EIO);
}

}  // namespace

NewFile::NewFile(const fs::path& path) : path_(path) {
  if (!path.has_filename()) throw not_a_file("write", path, fs::file_type::directory);
  check_place(path, path);
  place_ = behind_links(path);
  const fs::path folder = folder_of(place_);
  make_folder(folder);
  sweep(folder, new_file_prefix);
  temporary_ = folder / temporary_name(new_file_prefix);
  descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw file_error("write", path, errno);
}

NewFile::~NewFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::uint64_t NewFile::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) throw file_error("read", path_, errno);
  return static_cast<std::uint64_t>(status.st_size);
}

void NewFile::append(std::string_view bytes) { write_at(size(), bytes); }

void NewFile::write_at(std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) throw file_error("write", path_, done < 0 ? errno : ENOSPC);
    offset += static_cast<std::uint64_t>(done);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

void NewFile::resize(std::uint64_t bytes) {
  if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) throw file_error("write", path_, errno);
}

void NewFile::read_at(std::uint64_t offset, std::string& bytes) const {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t got = ::pread(descriptor_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(offset + at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw file_error("read", path_, got < 0 ? errno : EIO);
    at += static_cast<std::size_t>(got);
  }
}

void NewFile::keep() {
  if (::fsync(descriptor_) != 0) throw file_error("write", path_, errno);
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (closed != 0) throw file_error("write", path_, errno);
  check_place(path_, place_);
  if (::rename(temporary_.c_str(), place_.c_str()) != 0) throw file_error("write", path_, errno);
  temporary_.clear();
  flush_folder(folder_of(place_));
}

void write_atomically(const fs::path& path, const std::function<void(NewFile&)>& write) {
  NewFile file(path);
  write(file);
  file.keep();
}

void move_file(const fs::path& from, const fs::path& to) {
  check_place(to, to);
  const fs::path place = behind_links(to);
  make_folder(folder_of(place));
  if (::rename(from.c_str(), place.c_str()) == 0) return flush_folder(folder_of(place));
  if (errno != EXDEV) throw file_error("write", to, errno);
  write_atomically(place, [&](NewFile& file) { append_file(file, from); });
  remove_tree(from);
}

void write_text_atomically(const fs::path& path, std::string_view text) {
  write_atomically(path, [&](NewFile& file) { file.append(text); });
}

}  // namespace lutra
