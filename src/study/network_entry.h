#pragma once
#include <filesystem>
#include <string>

#include "base/artifacts.h"
#include "study/judge.h"
#include "study/predict.h"
#include "study/study.h"

namespace lutra {

inline constexpr ArtifactKind network_entry_kind = artifact_kind("network_entry");

inline constexpr const char* entry_file = "entry.json";

/// What networks.json says about a network besides its numbers (docs/report.md).
struct NetworkKind {
  std::string name;
  std::string family = "student";
  std::string precision = "fixed";  // fixed, ternary or float
  int bits = 0;                     // when fixed
  std::string teacher = "none";     // that it was distilled from: float, quantized, none
};

/// The beginning of an entry of networks.json.
Json entry_of(const NetworkKind& kind, Shape input);

/// Resources as the compiler estimates them.
Json estimated_hardware(const Judged& judged);

/// Compiles a network and synthesises it, leaving rtl/ and synth.json in `out`.
Json synthesised_hardware(const CompileOptions& options, const std::filesystem::path& network,
                          const std::filesystem::path& out, const Context& context);

/// Resources of a network too large to compile fully parallel: its effective bit operations (products of weight bits
/// and input bits) times the LUTs per operation of `compiled`, a network of the same kind that was compiled.
Json scaled_hardware(double operations, const Network& compiled, double compiled_lut);

/// Files that entries are made of.
struct EntryInputs {
  std::filesystem::path data;
  std::filesystem::path student;  // compiled for scaled_hardware
};

/// Writes <out>/entry.json of the quantized teacher.
void make_quantized_teacher_entry(const Study& study, const EntryInputs& inputs, const std::filesystem::path& teacher,
                                  const std::filesystem::path& out, const Context& context);

/// Writes `out`, the entry of the float teacher, which has the structure of the quantized one and 32 bits.
void make_teacher_entry(const Study& study, const EntryInputs& inputs, const std::filesystem::path& teacher,
                        const std::filesystem::path& quantized, const std::filesystem::path& out,
                        const Context& context);

/// Writes <out>/entry.json of a teacher of whole images, measured on the test events of inputs.data, which was made
/// from its events.
void make_image_teacher_entry(const Study& study, const EntryInputs& inputs, const TeacherFiles& teacher,
                              const std::filesystem::path& out, const Context& context);

/// Writes <out>/entry.json of a network with learned precision on the test events of `data`, synthesised there.
void make_learned_entry(const Study& study, const std::filesystem::path& data, const std::filesystem::path& network,
                        const std::filesystem::path& out, const Context& context);

}  // namespace lutra
