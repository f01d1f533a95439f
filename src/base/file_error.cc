#include "base/file_error.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace lutra {
namespace {

namespace fs = std::filesystem;

struct Cause {
  int number;
  const char* why;
  const char* advice;
};

constexpr Cause causes[] = {
    {ENOENT, "it does not exist", "Check the path"},
    {EISDIR, "it is a folder", "Name a file"},
    {ENOTDIR, "a part of the path is not a folder", "Check the path"},
    {EEXIST, "something else has this name", "Choose another name"},
    {EACCES, "no permission", "Check its permissions"},
    {EPERM, "no permission", "Check its permissions"},
    {EROFS, "the file system is read-only", "Choose another folder"},
    {ENOSPC, "the disk is full", "Free some space"},
    {EDQUOT, "your quota of disk space is used up", "Free some space"},
    {EFBIG, "larger than the limit on the size of files", "Raise the limit: ulimit -f unlimited"},
    {EMFILE, "too many open files", "Raise the limit: ulimit -n"},
    {ENFILE, "too many open files", "Try again when other programs have ended"},
    {ENAMETOOLONG, "its name is too long", "Choose a shorter name"},
    {ELOOP, "its links lead in a circle", "Check the path"},
    {EINVAL, "the file system cannot do this", "Choose another folder"},
    {EIO, "the disk reports an error", "Check the disk"},
    {ENOMEM, "out of memory", "Use fewer threads"},
    {EAGAIN, "too many processes or threads", "Try again when others have ended"},
};

std::string name_of(fs::file_type type) {
  switch (type) {
    case fs::file_type::directory:
      return "a folder";
    case fs::file_type::fifo:
      return "a pipe";
    case fs::file_type::socket:
      return "a socket";
    case fs::file_type::block:
    case fs::file_type::character:
      return "a device";
    default:
      return "not a file";
  }
}

}  // namespace

Error file_error(const std::string& task, const fs::path& path, int number, const char* advice) {
  const auto* const known = std::ranges::find(causes, number, &Cause::number);
  const bool found = known != std::end(causes);
  return {"cannot " + task + " " + path.string(), found ? known->why : std::strerror(number),
          advice  ? advice
          : found ? known->advice
                  : ""};
}

Error not_a_file(const std::string& task, const fs::path& path, fs::file_type type) {
  return {"cannot " + task + " " + path.string(), "it is " + name_of(type), "Name a file"};
}

Error file_error(const fs::filesystem_error& error) {
  return file_error("use", error.path2().empty() ? error.path1() : error.path2(), error.code().value());
}

void check_space(const fs::path& folder) {
  std::error_code failed;
  const fs::space_info space = fs::space(folder, failed);
  if (!failed && space.available == 0) throw file_error("write", folder, ENOSPC);
}

void check_readable(const fs::path& path) {
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (!fs::status_known(status) || !fs::exists(status))
    throw file_error("read", path, failed ? failed.value() : ENOENT);
  if (!fs::is_regular_file(status)) throw not_a_file("read", path, status.type());
  if (::access(path.c_str(), R_OK) != 0) throw file_error("read", path, errno);
}

void make_folder(const fs::path& path) {
  std::error_code failed, ignored;
  fs::create_directories(path, failed);
  if (fs::is_directory(path, ignored)) return;
  const bool taken = !failed || fs::exists(path, ignored);
  throw file_error("make the folder", path, taken ? EEXIST : failed.value());
}

void remove_tree(const fs::path& path) {
  std::error_code failed;
  fs::remove_all(path, failed);
  if (failed) throw file_error("remove", path, failed.value());
}

void move_to(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::rename(from, to, failed);
  if (failed) throw file_error("write", to, failed.value());
}

}  // namespace lutra
