#pragma once
#include "verify/verify.h"

namespace lutra {

/// All events of a verification in one order: given, corner, random.
class VerifyStream {
 public:
  virtual ~VerifyStream() = default;
  virtual std::uint64_t given() const = 0;
  virtual std::uint64_t corners() const = 0;
  virtual std::uint64_t events() const = 0;

  /// What the design is fed for events [begin, end): [events][chunks][inputs].
  virtual std::vector<std::int16_t> inputs(std::uint64_t begin, std::uint64_t end) const = 0;

  /// What it has to answer, from the reference: [events][outputs]. Both may be called by several threads at once.
  virtual std::vector<std::int64_t> expected(std::uint64_t begin, std::uint64_t end) const = 0;
};

/// Builds the design, streams the events through it and compares outputs and timing.
VerifyResult run_stream(const Design& design, const std::filesystem::path& folder, const VerifyStream& stream,
                        const VerifyOptions& options, const Progress& progress);

}  // namespace lutra
