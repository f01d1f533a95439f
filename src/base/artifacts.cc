#include "base/artifacts.h"

namespace lutra {
namespace {

constexpr const char* a_run = "lutra run STUDY.toml --out DIR";
constexpr const char* a_fit = "lutra fit STUDY.toml --out DIR";
constexpr const char* a_teacher = "lutra train STUDY.toml --data fragments.h5 --out teacher/";
constexpr const char* a_student =
    "lutra distill STUDY.toml --data fragments.h5 --teacher teacher/teacher.json --out student/";
constexpr const char* a_front =
    "lutra learn STUDY.toml --data fragments.h5 --teacher teacher/teacher.json --out learned/";

constexpr ArtifactFile files[] = {
    {"metrics.json", artifact_kind("metrics"), "Metrics",
     "lutra evaluate student/network.json --data fragments.h5 --out metrics.json", Keep::drawn},
    {"verify.json", artifact_kind("verify"), "Verification",
     "lutra verify student/network.json rtl/ --data fragments.h5", Keep::drawn},
    {"synth.json", artifact_kind("synth"), "Synthesis", "lutra synth rtl/", Keep::drawn},
    {"rtl/design.json", artifact_kind("design"), "Firmware", "lutra compile student/network.json --out rtl/",
     Keep::drawn},
    {"learned/rtl/design.json", artifact_kind("design"), "Firmware of the chosen network", a_run, Keep::drawn},
    {"learned/synth.json", artifact_kind("synth"), "Synthesis of the chosen network", a_run, Keep::drawn},
    {"chain/design.json", artifact_kind("design"), "Firmware of the whole trigger", a_run, Keep::drawn},
    {"chain-verify.json", artifact_kind("verify"), "Verification of the whole trigger", a_run, Keep::drawn},
    {"chain-synth.json", artifact_kind("synth"), "Synthesis of the whole trigger", a_run, Keep::drawn},
    {"student/network.json", artifact_kind("network"), "Student network", a_student, Keep::drawn},
    {"teacher/history.json", artifact_kind("history"), "Teacher training", a_teacher, Keep::drawn},
    {"student/history.json", artifact_kind("history"), "Student training", a_student, Keep::drawn},
    {"displays.json", artifact_kind("displays"), "Event displays", a_run, Keep::drawn},
    {"references.json", artifact_kind("references"), "Reference triggers", a_run, Keep::drawn},
    {"fragmentation.json", artifact_kind("fragmentation"), "Fragmentation scan", a_run, Keep::drawn},
    {"networks.json", artifact_kind("networks"), "Networks of the study", a_run, Keep::drawn},
    {"pareto.json", artifact_kind("pareto"), "Pareto front", a_run, Keep::drawn},
    {"fit.json", artifact_kind("fit"), "Search within a budget", a_fit, Keep::drawn},
    {"learned/network.json", artifact_kind("network"), "Chosen network of the front", a_front, Keep::yes},
    {"learned/front.json", artifact_kind("front"), "Front of networks", a_front, Keep::yes},
    {"events.h5", artifact_kind("events"), "Events", "lutra simulate STUDY.toml --out events.h5", Keep::no},
    {"fragments.h5", artifact_kind("fragments"), "Data set", "lutra fragment events.h5 --out fragments.h5", Keep::no},
    {"teacher/teacher.json", artifact_kind("teacher"), "Teacher", a_teacher, Keep::no},
    {"image-teacher/teacher.json", artifact_kind("teacher"), "Teacher of whole images", a_run, Keep::no},
    {"image-teacher/history.json", artifact_kind("history"), "Its training", a_run, Keep::no},
    {"quantized-teacher/network.json", artifact_kind("network"), "Quantized teacher", a_run, Keep::no},
    {"quantized-teacher/history.json", artifact_kind("history"), "Its training", a_run, Keep::no},
    {"learned/front-*.json", artifact_kind("network"), "A network of the front", a_front, Keep::no},
    {"learned/history.json", artifact_kind("history"), "Its training", a_front, Keep::no},
    {"learned/candidates/epoch-*.json", artifact_kind("candidate"), "A student of one epoch", a_front, Keep::no},
    {"*/entry.json", artifact_kind("network_entry"), "One row of networks.json", a_run, Keep::no},
    {"*/checkpoint*.json", artifact_kind("checkpoint"), "A training that goes on", a_run, Keep::no},
    {"students/*/network.json", artifact_kind("network"), "A student of the grid", a_run, Keep::no},
    {"students/*/history.json", artifact_kind("history"), "Its training", a_run, Keep::no},
    {"roads/*/network.json", artifact_kind("network"), "A network of roads", a_run, Keep::no},
    {"trials/*/tried.json", artifact_kind("tried"), "Networks of one trial", a_fit, Keep::no},
    {".stages/*.json", artifact_kind("stage"), "What a stage left", a_run, Keep::no},
};

}  // namespace

std::span<const ArtifactFile> artifact_files() { return files; }

}  // namespace lutra
