#pragma once
#include <span>
#include <string_view>

#include "base/artifact.h"

namespace lutra {

/// A kind of artifact: everything that the rest of the program and docs/formats.md say about kinds follows from these
/// rows.
struct KindOfArtifact {
  ArtifactKind kind;
  const char* writers;  // commands of lutra; "training": train, distill, learn and the stages of run that train
  const char* readers;  // likewise
  const char* meaning;  // of the body, as docs/formats.md has it
};

inline constexpr KindOfArtifact artifact_kinds[] = {
    {{"events", 1},
     "simulate, merge",
     "fragment, train, verify, validate, references",
     "sparse hits with truth ([layout](formats-hdf5.md))"},
    {{"fragments", 1},
     "fragment, import",
     "training, evaluate, verify, references",
     "pooled windows, targets, splits ([layout](formats-hdf5.md))"},
    {{"teacher", 2}, "train", "training, evaluate", "shape and parameters in 32-bit floats, exact when read back"},
    {{"history", 1}, "training", "report", "one record per epoch: losses, terms, gradient norms, learning rate"},
    {{"checkpoint", 1}, "training", "training", "where a training goes on: parameters, optimiser, losses"},
    {{"candidate", 2}, "learn, fit", "learn, fit", "a student after an epoch: cost, loss, parameters"},
    {{"front", 1}, "learn", "people", "points: file, cost, validation loss; which one is chosen"},
    {{"network", 1},
     "training, roads, onnx-import",
     "compile, verify, evaluate, report",
     "layers of integers ([below](#networkjson))"},
    {{"design", 2},
     "compile",
     "verify, synth, report",
     "ports, latency, sources, `hashes` of all files ([verification](verification.md)), cost by layer "
     "([compiler](compiler.md)); `chain`: null, or the search and the decision around the network"},
    {{"verify", 1}, "verify", "report", "events, mismatches, the first mismatch, the proof"},
    {{"synth", 1}, "synth", "report", "lut, ff, carry, dsp, bram, latency, shares of the device, parts"},
    {{"metrics", 1},
     "evaluate",
     "report",
     "per algorithm: plateau, efficiency, fake_rate and more ([metrics](metrics.md))"},
    {{"references", 1}, "references", "report", "the same for the [reference triggers](detector.md)"},
    {{"displays", 1}, "run", "report", "some events: hits, window, truth, predictions ([report](report.md))"},
    {{"fragmentation", 1}, "run", "report", "what other windows and strides keep of the muons ([report](report.md))"},
    {{"network_entry", 1}, "run, grid", "run, grid", "one row of networks.json"},
    {{"networks", 1},
     "run, grid",
     "report",
     "every network of the study: metrics, resources, training ([report](report.md))"},
    {{"pareto", 1},
     "learn, fit",
     "report",
     "networks with learned precision: cost, metrics, choice ([report](report.md))"},
    {{"tried", 1}, "fit", "fit", "the networks of one trial: cost, metrics on validation events"},
    {{"fit", 1}, "fit", "report", "the budget, all that was tried, the best one and its metrics ([report](report.md))"},
    {{"stage", 1}, "run, grid, fit", "run, grid, fit", "key of a stage and the hashes of its outputs"},
};

/// The kind of this name; a name that is none does not compile.
consteval ArtifactKind artifact_kind(std::string_view name) {
  for (const KindOfArtifact& row : artifact_kinds)
    if (name == row.kind.name) return row.kind;
  throw "no artifact is of this kind";
}

/// What becomes of a file of a run's folder when its results are kept: `lutra run --results`, studies/keep.sh.
enum class Keep { no, yes, drawn };  // drawn: kept, and read by the report

/// A file in the folder of a run.
struct ArtifactFile {
  const char* path;  // * stands for a name or number
  ArtifactKind kind;
  const char* what;     // for people
  const char* command;  // makes it
  Keep keep;
};

/// Every artifact in the folders of `lutra run`, `lutra grid` and `lutra fit`. The first is the one that no folder
/// lacks.
std::span<const ArtifactFile> artifact_files();

}  // namespace lutra
