#include "verify/verify.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <mutex>

#include "base/error.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/random.h"
#include "base/temporary.h"
#include "model/evaluate.h"
#include "verify/simulator.h"
#include "verify/stimulus.h"

namespace lutra {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t piece_events = 8192;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

void check_belong_together(const Evaluator& evaluator, const Network& network, const Design& design) {
  const std::string hash = hex(hash_bytes(network_to_json(network).dump()));
  if (design.inputs != evaluator.inputs() || design.input_format != network.input_format ||
      design.outputs != evaluator.output_formats() || (!design.network_hash.empty() && design.network_hash != hash))
    throw Error("the RTL was not compiled from this network", "design.json names another network",
                "Run 'lutra compile' on it again");
}

/// All inputs of a verification in one order: given, corner, random.
class Inputs {
 public:
  Inputs(std::span<const std::int16_t> given, const Design& design, const VerifyOptions& options)
      : width_(static_cast<std::size_t>(design.inputs)), given_(given) {
    if (given.size() % width_ != 0)
      throw Error("the given inputs do not fit the network",
                  fmt::format("{} values are not a multiple of its {} inputs", given.size(), width_),
                  "Give fragments of the network's shape");
    for (const std::int16_t value : given)
      if (!design.input_range.contains(value))
        throw Error("an input is outside the range the RTL was compiled for",
                    fmt::format("{} is not in {}..{}", value, design.input_range.lo, design.input_range.hi),
                    "Compile the network for this data");
    if (options.corners) made_ = corner_inputs(design.inputs, design.input_range);
    corners_ = made_.size() / width_;
    const auto random = scattered_inputs(design.inputs, design.input_range, options.seed, options.random_events);
    made_.insert(made_.end(), random.begin(), random.end());
  }

  std::uint64_t given() const { return given_.size() / width_; }
  std::uint64_t corners() const { return corners_; }
  std::uint64_t events() const { return given() + made_.size() / width_; }
  std::span<const std::int16_t> event(std::uint64_t i) const {
    return i < given() ? given_.subspan(i * width_, width_) : std::span(made_).subspan((i - given()) * width_, width_);
  }
  std::vector<std::int16_t> piece(std::uint64_t begin, std::uint64_t end) const {
    std::vector<std::int16_t> values;
    values.reserve((end - begin) * width_);
    for (std::uint64_t i = begin; i < end; ++i) values.insert(values.end(), event(i).begin(), event(i).end());
    return values;
  }
  void locate(std::uint64_t event, Mismatch& mismatch) const {
    mismatch.origin = event < given()              ? InputOrigin::given
                      : event < given() + corners_ ? InputOrigin::corner
                                                   : InputOrigin::random;
    const std::uint64_t before[] = {0, given(), given() + corners_};
    mismatch.event = event - before[static_cast<int>(mismatch.origin)];
    mismatch.inputs.assign(this->event(event).begin(), this->event(event).end());
  }

 private:
  std::size_t width_;
  std::span<const std::int16_t> given_;
  std::vector<std::int16_t> made_;
  std::uint64_t corners_ = 0;
};

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

PieceResult compare(const SimulatedEvents& simulated, const std::vector<std::int64_t>& expected, const Inputs& inputs,
                    std::uint64_t begin, int latency) {
  PieceResult result{0, simulated.unexpected, {}};
  const std::size_t width = expected.size() / simulated.latency.size();
  for (std::size_t i = 0; i < simulated.latency.size(); ++i) {
    const std::span want = std::span(expected).subspan(i * width, width);
    const std::span got = std::span(simulated.outputs).subspan(i * width, width);
    if (simulated.latency[i] == latency && std::equal(want.begin(), want.end(), got.begin())) continue;
    if (result.mismatches++ > 0) continue;
    Mismatch mismatch{0, {}, {}, {want.begin(), want.end()}, {got.begin(), got.end()}, latency, simulated.latency[i]};
    inputs.locate(begin + i, mismatch);
    result.first = std::move(mismatch);
  }
  return result;
}

/// Shares one progress callback between threads.
class SharedProgress {
 public:
  SharedProgress(const Progress& progress, std::uint64_t total) : progress_(progress), total_(total) {}
  void add(std::uint64_t done) {
    const std::lock_guard lock(mutex_);
    done_ += done;
    progress_("simulating the RTL", done_, total_);
  }

 private:
  const Progress& progress_;
  std::uint64_t total_;
  std::mutex mutex_;
  std::uint64_t done_ = 0;
};

std::vector<PieceResult> run_pieces(const Simulator& simulator, const Evaluator& evaluator, const Inputs& inputs,
                                    int latency, const VerifyOptions& options, const Progress& progress) {
  std::vector<PieceResult> pieces((inputs.events() + piece_events - 1) / piece_events);
  SharedProgress shared(progress, inputs.events());
  parallel_for(pieces.size(), options.threads, [&](std::size_t i) {
    const std::uint64_t begin = i * piece_events, end = std::min(begin + piece_events, inputs.events());
    const std::vector<std::int16_t> values = inputs.piece(begin, end);
    const std::vector<std::int64_t> expected = evaluator.evaluate(values);
    const auto seed = static_cast<std::uint32_t>(options.seed + i);
    const SimulatedEvents simulated =
        simulator.run(values, random_gaps(begin, end, options), seed, options.timeout_s, [&] { shared.add(0); });
    pieces[i] = compare(simulated, expected, inputs, begin, latency);
    shared.add(end - begin);
  });
  return pieces;
}

}  // namespace

std::string to_string(InputOrigin origin) {
  switch (origin) {
    case InputOrigin::given:
      return "given";
    case InputOrigin::corner:
      return "corner";
    case InputOrigin::random:
      return "random";
  }
  return "";
}

VerifyResult verify_rtl(const Network& network, const Design& design, const std::filesystem::path& folder,
                        std::span<const std::int16_t> given, const VerifyOptions& options, const Progress& progress) {
  const Evaluator evaluator(network);
  check_belong_together(evaluator, network, design);
  const Inputs inputs(given, design, options);
  VerifyResult result;
  result.given = inputs.given();
  result.corner = inputs.corners();
  result.events = inputs.events();
  result.random = result.events - result.given - result.corner;

  std::optional<TemporaryFolder> temporary;
  if (options.work.empty()) temporary.emplace();
  const Clock::time_point start = Clock::now();
  const Simulator simulator(design, folder, temporary ? temporary->path() : options.work, options.threads, progress);
  result.build_s = seconds_since(start);
  const Clock::time_point built = Clock::now();
  for (PieceResult& piece : run_pieces(simulator, evaluator, inputs, design.latency_cycles, options, progress)) {
    result.mismatches += piece.mismatches;
    result.unexpected += piece.unexpected;
    if (!result.first) result.first = std::move(piece.first);
  }
  result.simulate_s = seconds_since(built);
  return result;
}

std::string describe(const Mismatch& m) {
  const std::string where = fmt::format("{} event {}: ", to_string(m.origin), m.event);
  if (m.latency < 0) return where + fmt::format("no output came; expected [{}]", fmt::join(m.expected, ", "));
  if (m.latency != m.expected_latency)
    return where + fmt::format("the output came after {} clocks instead of {}", m.latency, m.expected_latency);
  return where + fmt::format("expected [{}], the RTL gave [{}]", fmt::join(m.expected, ", "), fmt::join(m.got, ", "));
}

Json verify_to_json(const VerifyResult& result) {
  Json json{
      {"events", result.events},      {"mismatches", result.mismatches}, {"unexpected_outputs", result.unexpected},
      {"given_events", result.given}, {"corner_events", result.corner},  {"random_events", result.random},
      {"first_mismatch", nullptr}};
  if (result.first)
    json["first_mismatch"] = {{"event", result.first->event},     {"origin", to_string(result.first->origin)},
                              {"inputs", result.first->inputs},   {"expected", result.first->expected},
                              {"got", result.first->got},         {"expected_latency", result.first->expected_latency},
                              {"latency", result.first->latency}, {"summary", describe(*result.first)}};
  return json;
}

}  // namespace lutra
