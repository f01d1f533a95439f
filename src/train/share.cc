#include "train/share.h"

#include <algorithm>
#include <span>

#include "base/contract.h"
#include "base/parallel.h"

namespace lutra {
namespace {

/// First part of a rank.
std::size_t first_part(std::size_t parts, int rank, int processes) {
  return parts * static_cast<std::size_t>(rank) / static_cast<std::size_t>(processes);
}

std::vector<std::byte> pack(const PartResult& part) {
  std::vector<std::byte> bytes(part.values.size() * sizeof(float) + part.sums.size() * sizeof(double));
  const auto sums = std::ranges::copy(std::as_bytes(std::span(part.values)), bytes.begin()).out;
  std::ranges::copy(std::as_bytes(std::span(part.sums)), sums);
  return bytes;
}

PartResult unpack(const std::byte* bytes, std::size_t values, std::size_t sums) {
  PartResult part{std::vector<float>(values), std::vector<double>(sums)};
  std::copy_n(bytes, values * sizeof(float), std::as_writable_bytes(std::span(part.values)).begin());
  std::copy_n(bytes + values * sizeof(float), sums * sizeof(double),
              std::as_writable_bytes(std::span(part.sums)).begin());
  return part;
}

/// Completes `results`, of which this process has its own part only.
void exchange(std::vector<PartResult>& results, std::size_t values, std::size_t sums, Workers& workers) {
  const int processes = workers.size();
  const auto most = (results.size() + static_cast<std::size_t>(processes) - 1) / static_cast<std::size_t>(processes);
  const std::size_t width = values * sizeof(float) + sums * sizeof(double);
  std::vector<std::byte> own;
  const std::size_t end = first_part(results.size(), workers.rank() + 1, processes);
  for (std::size_t i = first_part(results.size(), workers.rank(), processes); i < end; ++i) {
    const std::vector<std::byte> bytes = pack(results[i]);
    own.insert(own.end(), bytes.begin(), bytes.end());
  }
  own.resize(most * width);
  const auto all = workers.gather(own);
  for (int rank = 0; rank < processes; ++rank) {
    const std::size_t first = first_part(results.size(), rank, processes);
    for (std::size_t i = first; i < first_part(results.size(), rank + 1, processes); ++i)
      results[i] = unpack(all[static_cast<std::size_t>(rank)].data() + (i - first) * width, values, sums);
  }
}

}  // namespace

std::vector<PartResult> share(std::size_t parts, std::size_t values, std::size_t sums, const Compute& compute,
                              const std::function<PartResult(std::size_t)>& work) {
  std::vector<PartResult> results(parts);
  const std::size_t begin = first_part(parts, compute.rank(), compute.processes());
  const std::size_t end = first_part(parts, compute.rank() + 1, compute.processes());
  parallel_for(end - begin, compute.threads, [&](std::size_t i) {
    results[begin + i] = work(begin + i);
    expects(results[begin + i].values.size() == values && results[begin + i].sums.size() == sums,
            "as many as promised");
  });
  if (compute.processes() > 1) exchange(results, values, sums, *compute.workers);
  return results;
}

}  // namespace lutra
