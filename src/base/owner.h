#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace lutra {

/// The process that something on disk belongs to: a lease, a temporary file or folder.
struct Owner {
  std::string host;         // for people
  std::string boot;         // 8 hexadecimal digits of the kernel's boot id: two machines never share one
  std::uint64_t space = 0;  // the namespace that `pid` counts in: containers of a machine have their own
  std::int64_t pid = 0;
  std::uint64_t start = 0;  // of the process in clock ticks since the boot: a pid is given again, this is not
  friend bool operator==(const Owner&, const Owner&) = default;
};

Owner this_process();

/// Of another host, or of another container of this one, nothing can be known.
enum class Life { alive, dead, unknown };
Life life_of(const Owner& owner);

/// A name for a temporary file or folder of this process, never given twice: `prefix`, then boot, namespace, pid and
/// start of the process, then a random number.
std::string temporary_name(const std::string& prefix);

/// Removes the temporary files and folders of that prefix in `folder` that nobody needs: of dead processes, and of
/// unknown ones when nothing in them was touched for two days. Looks once per process and folder. What cannot be
/// removed stays.
void sweep(const std::filesystem::path& folder, const std::string& prefix);

}  // namespace lutra
