#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "fuzz/fuzz.h"

namespace {

using Inputs = std::vector<std::string>;

void try_input(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

Inputs replay(const char* folder) {
  Inputs inputs;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    std::printf("%s\n", entry.path().filename().c_str());
    std::fflush(stdout);  // the last line names the input that crashed
    try_input(inputs.back());
  }
  std::sort(inputs.begin(), inputs.end());
  return inputs;
}

/// A piece of one input in the place of a piece of another, or a byte changed, some times over.
std::string mutated(const Inputs& inputs, std::mt19937_64& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random() % n); };
  constexpr std::size_t max_bytes = 1 << 16, max_piece = 64;
  std::string bytes = inputs[below(inputs.size())];
  for (std::size_t times = 1 + below(6); times > 0; --times) {
    const std::size_t at = below(bytes.size() + 1);
    if (below(2) == 0 && at < bytes.size()) {
      bytes[at] = below(2) == 0 ? static_cast<char>(bytes[at] ^ (1 << below(8))) : "\0\xff-90{[\"."[below(9)];
      continue;
    }
    const std::string& other = inputs[below(inputs.size())];
    bytes.replace(at, std::min(bytes.size() - at, below(max_piece)),
                  other.substr(below(other.size() + 1), below(max_piece)));
  }
  bytes.resize(std::min(bytes.size(), max_bytes));
  return bytes;
}

}  // namespace

/// Runs a target over the files of a folder, without libFuzzer: what was found once stays mended. Fails when there are
/// none. `fuzz_NAME FOLDER SECONDS SEED FILE` then goes on with mutated inputs; FILE holds the one that it is at.
int main(int count, char** arguments) {
  const Inputs inputs = replay(arguments[1]);
  if (inputs.empty()) return 1;
  if (count < 5) return 0;
  std::mt19937_64 random(std::strtoull(arguments[3], nullptr, 10));
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(arguments[2]));
  std::uint64_t tried = 0;
  for (; std::chrono::steady_clock::now() < end; ++tried) {
    const std::string bytes = mutated(inputs, random);
    std::ofstream(arguments[4], std::ios::binary) << bytes;
    try_input(bytes);
  }
  std::printf("%llu mutated inputs\n", static_cast<unsigned long long>(tried));
  return 0;
}
