#include "teacher/device.h"

#include <ATen/Context.h>

#include "base/error.h"

namespace lutra {

Device choose_device(const std::string& text) {
  const bool has_cuda = at::hasCUDA() && at::detail::getCUDAHooks().getNumGPUs() > 0;
  if (text == "cpu" || (text == "auto" && !has_cuda)) return Device::cpu;
  if (text != "auto" && text != "cuda")
    throw Error("there is no device \"" + text + "\"", "known are auto, cpu and cuda", "");
  if (!has_cuda)
    throw Error("there is no CUDA device",
                at::hasCUDA() ? "libtorch finds no GPU" : "the libtorch that Lutra is linked with has no CUDA",
                "Use --device cpu, or build with a libtorch that has CUDA");
  return Device::cuda;
}

}  // namespace lutra
