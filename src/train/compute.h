#pragma once
#include "train/workers.h"

namespace lutra {

/// Where torch computes. Students run on the CPU whatever it is: their own kernel needs no accelerator.
enum class Device { cpu, cuda };

/// What a training may use. Results depend on none of it but the device.
struct Compute {
  int threads = 1;             // of this process
  Workers* workers = nullptr;  // processes that share the work; none: this one alone
  Device device = Device::cpu;

  Compute(int threads_ = 1, Workers* workers_ = nullptr, Device device_ = Device::cpu)
      : threads(threads_), workers(workers_), device(device_) {}

  int rank() const { return workers ? workers->rank() : 0; }
  int processes() const { return workers ? workers->size() : 1; }
};

}  // namespace lutra
