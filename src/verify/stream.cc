#include "verify/stream.h"

#include <algorithm>
#include <chrono>

#include "base/parallel.h"
#include "base/random.h"
#include "base/shared_progress.h"
#include "base/temporary.h"
#include "verify/simulator.h"

namespace lutra {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint64_t piece_inputs = 8192;  // events x chunks that one process simulates

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::vector<std::uint32_t> random_gaps(std::uint64_t begin, std::uint64_t end, const VerifyOptions& options) {
  std::vector<std::uint32_t> gaps;
  for (std::uint64_t event = begin; event < end; ++event) {
    Random random(~options.seed, RandomStream::verify, event);  // ~: not the numbers that make the random inputs
    gaps.push_back(random.chance(options.gap_fraction) ? 1 + random.below(5) : 0);
  }
  return gaps;
}

struct PieceResult {
  std::uint64_t mismatches = 0, unexpected = 0;
  std::optional<Mismatch> first;
};

InputOrigin origin_of(std::uint64_t event, const VerifyStream& stream) {
  if (event < stream.given()) return InputOrigin::given;
  return event < stream.given() + stream.corners() ? InputOrigin::corner : InputOrigin::random;
}

Mismatch located(std::uint64_t event, const VerifyStream& stream) {
  const std::uint64_t before[] = {0, stream.given(), stream.given() + stream.corners()};
  Mismatch mismatch;
  mismatch.origin = origin_of(event, stream);
  mismatch.event = event - before[static_cast<int>(mismatch.origin)];
  mismatch.inputs = stream.inputs(event, event + 1);
  return mismatch;
}

PieceResult compare(const SimulatedEvents& simulated, const std::vector<std::int64_t>& expected,
                    const VerifyStream& stream, std::uint64_t begin, int latency) {
  PieceResult result{0, simulated.unexpected, {}};
  const std::size_t width = expected.size() / simulated.latency.size();
  for (std::size_t i = 0; i < simulated.latency.size(); ++i) {
    const std::span want = std::span(expected).subspan(i * width, width);
    const std::span got = std::span(simulated.outputs).subspan(i * width, width);
    if (simulated.latency[i] == latency && std::equal(want.begin(), want.end(), got.begin())) continue;
    if (result.mismatches++ > 0) continue;
    result.first = located(begin + i, stream);
    result.first->expected.assign(want.begin(), want.end());
    result.first->got.assign(got.begin(), got.end());
    result.first->expected_latency = latency;
    result.first->latency = simulated.latency[i];
  }
  return result;
}

std::vector<PieceResult> run_pieces(const Simulator& simulator, const VerifyStream& stream, const Design& design,
                                    const VerifyOptions& options, const Progress& progress) {
  const std::uint64_t size = std::max<std::uint64_t>(piece_inputs / static_cast<std::uint64_t>(design.chunks), 1);
  std::vector<PieceResult> pieces((stream.events() + size - 1) / size);
  SharedProgress shared(progress, "simulating the RTL", stream.events());
  parallel_for(pieces.size(), options.threads, [&](std::size_t i) {
    const std::uint64_t begin = i * size, end = std::min(begin + size, stream.events());
    const std::vector<std::int16_t> values = stream.inputs(begin, end);
    const std::vector<std::int64_t> expected = stream.expected(begin, end);
    const auto seed = static_cast<std::uint32_t>(options.seed + i);
    const SimulatedEvents simulated =
        simulator.run(values, random_gaps(begin, end, options), seed, options.timeout_s, [&] { shared.add(0); });
    pieces[i] = compare(simulated, expected, stream, begin, design.latency_cycles);
    shared.add(end - begin);
  });
  return pieces;
}

}  // namespace

VerifyResult run_stream(const Design& design, const std::filesystem::path& folder, const VerifyStream& stream,
                        const VerifyOptions& options, const Progress& progress) {
  VerifyResult result;
  result.given = stream.given();
  result.corner = stream.corners();
  result.events = stream.events();
  result.random = result.events - result.given - result.corner;

  std::optional<TemporaryFolder> temporary;
  if (options.work.empty()) temporary.emplace();
  const Clock::time_point start = Clock::now();
  const Simulator simulator(design, folder, temporary ? temporary->path() : options.work, options.threads, progress);
  result.build_s = seconds_since(start);
  const Clock::time_point built = Clock::now();
  for (PieceResult& piece : run_pieces(simulator, stream, design, options, progress)) {
    result.mismatches += piece.mismatches;
    result.unexpected += piece.unexpected;
    if (!result.first) result.first = std::move(piece.first);
  }
  result.simulate_s = seconds_since(built);
  return result;
}

}  // namespace lutra
