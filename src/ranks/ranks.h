#pragma once
#include <memory>

#include "train/workers.h"

namespace lutra {

/// The process group that RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT describe, as torchrun sets them (srun and
/// mpirun: set them from SLURM_PROCID, OMPI_COMM_WORLD_RANK and so on); nothing when WORLD_SIZE is not set or 1. Error
/// when a variable is missing or wrong, when the others cannot be reached, and when this build has no process groups.
std::unique_ptr<Workers> workers_from_environment();

}  // namespace lutra
