#pragma once
#include <cstddef>
#include <memory>
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

/// The process group that RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT describe, as torchrun sets them (srun and
/// mpirun: set them from SLURM_PROCID, OMPI_COMM_WORLD_RANK and so on); nothing when WORLD_SIZE is not set or 1. Error
/// when a variable is missing or wrong, when the others cannot be reached, and when this build has no process groups.
std::unique_ptr<Workers> workers_from_environment();

}  // namespace lutra
