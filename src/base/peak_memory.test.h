#pragma once
#include <fstream>
#include <string>

namespace lutra {

/// Highest resident memory of this process since `work` began [MB]; 0 without /proc.
template <class Work>
double peak_mb(const Work& work) {
  std::ofstream("/proc/self/clear_refs") << "5";  // Linux: start the high-water mark again
  work();
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:") {
      double kb = 0;
      status >> kb;
      return kb / 1024;
    }
  return 0;
}

}  // namespace lutra
