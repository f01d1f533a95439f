#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/progress.h"
#include "model/network.h"
#include "rtl/design.h"

namespace lutra {

/// Where a tested input comes from.
enum class InputOrigin { given, corner, random };
std::string to_string(InputOrigin origin);

struct VerifyOptions {
  std::uint64_t seed = 1;             // of random inputs, gaps and garbage
  std::size_t random_events = 10000;  // besides the given ones
  bool corners = true;                // also run corner_inputs()
  double gap_fraction = 0.25;         // events that come late, 1 to 5 clocks after they might
  int threads = 1;
  double timeout_s = 1800;     // for each piece of 8,192 events
  std::filesystem::path work;  // keeps the built simulator for the next time; empty: built afresh, then removed
};

/// One event the design got wrong.
struct Mismatch {
  std::uint64_t event = 0;  // index among events of the same origin
  InputOrigin origin = InputOrigin::given;
  std::vector<std::int16_t> inputs;
  std::vector<std::int64_t> expected;
  std::vector<std::int64_t> got;
  int expected_latency = 0;
  int latency = 0;  // clocks; -1 when out_valid never came
};

struct VerifyResult {
  std::uint64_t events = 0;  // given + corner + random
  std::uint64_t given = 0, corner = 0, random = 0;
  std::uint64_t mismatches = 0;  // events with wrong outputs or wrong latency
  std::uint64_t unexpected = 0;  // out_valid cycles that belong to no event
  std::optional<Mismatch> first;
  double build_s = 0;
  double simulate_s = 0;
  bool passed() const { return mismatches == 0 && unexpected == 0; }
};

/// Runs the RTL of `folder` (as described by `design`) in Verilator and compares every output and its timing with the
/// reference evaluator, on the given inputs ([events][inputs], integers in the design's input range), then corner
/// inputs, then random ones. The stream has random gaps, garbage between events, and a reset in flight at its end.
/// The result is the same for any number of threads. Error when network and design do not belong together, an input is
/// outside the design's range, or the simulator cannot be built.
VerifyResult verify_rtl(const Network& network, const Design& design, const std::filesystem::path& folder,
                        std::span<const std::int16_t> inputs, const VerifyOptions& options, const Progress& progress);

/// One line for people: what was expected and what came.
std::string describe(const Mismatch& mismatch);

/// The body of verify.json: docs/verification.md.
Json verify_to_json(const VerifyResult& result);

}  // namespace lutra
