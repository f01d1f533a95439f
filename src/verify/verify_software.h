#pragma once
#include <cstdint>
#include <filesystem>
#include <span>

#include "base/json.h"
#include "base/progress.h"
#include "ir/program.h"
#include "model/network.h"
#include "verify/verify.h"

namespace lutra {

/// Events that the models in software of a design got wrong.
struct SoftwareResult {
  std::uint64_t events = 0;
  std::uint64_t interpreter_mismatches = 0;  // the IR's interpreter on the program behind the RTL
  std::uint64_t cpp_mismatches = 0;          // the C++ model, model.h
  bool passed() const { return interpreter_mismatches == 0 && cpp_mismatches == 0; }
};

/// Compares both with the reference evaluator, on the events of verify_rtl(). `program` is network.ir, time and all.
/// The same for any number of threads. Error as verify_rtl(), when model.h is missing, and when no compiler is there.
SoftwareResult verify_software(const Network& network, const Program& program, const Design& design,
                               const std::filesystem::path& folder, std::span<const std::int16_t> inputs,
                               const VerifyOptions& options, const Progress& progress);

/// "software" of verify.json: docs/verification.md.
Json software_to_json(const SoftwareResult& result);

}  // namespace lutra
