#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace lutra {

/// The processes that train one model together, data-parallel. All of them run the same program on the same files.
class Workers {
 public:
  virtual ~Workers() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;

  /// What every process hands in, in the order of their ranks; parts must have the same length. Waits for all of them.
  /// Error when another process is gone.
  virtual std::vector<std::vector<std::byte>> gather(std::span<const std::byte> part) = 0;
};

}  // namespace lutra
