#pragma once
#include <functional>
#include <string>

#include "base/progress.h"
#include "train/compute.h"

namespace lutra {

/// What a stage of a study may use, and whom it tells. Nothing here changes a result but the device.
struct Context {
  Compute compute;                                                       // threads, other processes, device of teachers
  std::function<Progress()> bar = [] { return Progress(no_progress); };  // one for each piece of long work
  std::function<void(const std::string&)> say = [](const std::string&) {};  // a remark for people
  std::function<void()> stop_if_asked = [] {};                              // throws Interrupted

  int threads() const { return compute.threads; }
  Progress progress() const { return bar(); }
};

}  // namespace lutra
