#include "base/tool_output.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string_view>

#include "base/file_error.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view marks[] = {"%Error", "rror:",  "ERROR:", "No space left", "ermission denied",
                                      "annot ", "can't ", "Can't ", "*** "};

/// What make and Verilator add when something that they started has failed.
constexpr std::string_view afterthoughts[] = {"make: ", "make[", "%Error: make ", "%Error: Command Failed"};

template <class Texts>
bool has_any(std::string_view line, const Texts& texts) {
  return std::ranges::any_of(texts, [&](std::string_view text) { return line.find(text) != std::string_view::npos; });
}

/// "toy.sv:2: syntax error" of "/some/folder/toy.sv:2: ERROR: syntax error".
std::string without_folders(std::string line) {
  const std::size_t place_end = line.find(':');
  const std::size_t slash = place_end == std::string::npos ? place_end : line.rfind('/', place_end);
  if (slash != std::string::npos && line.starts_with('/')) line.erase(0, slash + 1);
  if (const std::size_t at = line.find("ERROR: "); at != std::string::npos) line.erase(at, 7);
  return line;
}

struct Limit {
  std::string_view says;
  const char* why;
  const char* suggestion;
};
constexpr Limit limits[] = {
    {"No space left", "the disk is full", "Free some space, or set TMPDIR to a folder with more"},
    {"Disk quota exceeded", "your quota of disk space is used up", "Free some space, or set TMPDIR to another folder"},
    {"File too large", "larger than the limit on the size of files", "Raise the limit: ulimit -f unlimited"},
    {"Cannot allocate memory", "out of memory", "Use fewer threads"},
};

}  // namespace

std::string error_line(const std::string& output) {
  std::string last;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    const std::string line = output.substr(begin, end - begin);
    begin = end + 1;
    if (has_any(line, marks) && !has_any(line, afterthoughts)) return without_folders(line);
    if (!line.empty()) last = line;
  }
  return last.empty() ? "it gives no reason" : last;
}

Error tool_error(const std::string& problem, const ProcessResult& result, const fs::path& folder,
                 const std::string& suggestion) {
  for (const Limit& limit : limits)
    if (result.output.find(limit.says) != std::string::npos)
      return {problem, std::string(limit.why) + ": " + folder.string(), limit.suggestion};
  if (result.status == 128 + SIGXFSZ) return {problem, limits[2].why, limits[2].suggestion};
  if (result.status == 128 + SIGKILL)
    return {problem, "something killed it; memory may have run out", "Use fewer threads, or a smaller network"};
  return {problem, error_line(result.output), suggestion};
}

std::string link_folder(const fs::path& work, const std::string& name, const fs::path& folder) {
  std::error_code failed;
  const fs::path link = work / name;
  fs::remove(link, failed);
  fs::create_directory_symlink(fs::absolute(folder), link, failed);
  if (failed) throw file_error("write", link, failed.value());
  return name;
}

}  // namespace lutra
