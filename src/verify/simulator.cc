#include "verify/simulator.h"

#include <cstring>
#include <fstream>

#include "base/artifact.h"
#include "base/contract.h"
#include "base/error.h"
#include "base/file_error.h"
#include "base/hash.h"
#include "base/process.h"
#include "base/temporary.h"
#include "base/tool_output.h"
#include "verify/driver.h"
#include "verify/pack.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr double build_timeout_s = 1800;
constexpr std::uint32_t spare_cycles = 8;  // how much later than promised an output is still waited for

std::size_t output_bits(const Design& design) {
  std::size_t bits = 0;
  for (const Format format : design.outputs) bits += static_cast<std::size_t>(format.bits);
  return bits;
}

std::vector<std::string> build_command(const Design& design) {
  // Registers and don't-cares start as random values: a design that needs a reset it does not have is found.
  return {"verilator",   "--cc",   "--exe",          "--build",  "-O3",          "--x-assign", "unique",
          "--x-initial", "unique", "-Wno-fatal",     "--prefix", "Vdesign",      "-Mdir",      "model",
          "-o",          "driver", "--output-split", "20000",    "--top-module", design.top,   "driver.cpp"};
}

/// How make runs: not what it makes. Verilator's makefile refuses a folder with a blank in its name, which it knows
/// from CURDIR and does not use otherwise.
std::vector<std::string> make_options(int threads, bool cached) {
  const std::string cache = cached ? " OBJCACHE=ccache" : "";
  return {"-MAKEFLAGS", "CURDIR=. OPT_FAST=-O2 OPT_SLOW=-O0" + cache, "-j", std::to_string(threads)};
}

/// Everything the built model depends on.
std::string build_key(const std::vector<std::string>& command, const Design& design, const fs::path& folder) {
  std::string all = run_process({"verilator", "--version"}).output + driver_source;
  for (const std::string& word : command) all += word + "\n";
  for (const std::string& file : design.files) all += file + "\n" + read_text(folder / file);
  return hex(hash_bytes(all));
}

ProcessResult run_build(std::vector<std::string> command, const fs::path& work, int threads, bool cached,
                        const Progress& progress) {
  remove_tree(work / "model");
  for (const std::string& option : make_options(threads, cached)) command.push_back(option);
  const auto tick = [&] { progress("building the simulator", 0, 1); };
  return run_process(command, {.directory = work, .timeout_s = build_timeout_s, .tick = tick});
}

/// Verilator's runtime is the same for every design: a compiler cache halves the time of a build. It is not needed,
/// though: without a home to write to it fails, and the build is done without.
void build(const std::vector<std::string>& command, const fs::path& work, int threads, const Progress& progress) {
  write_text_atomically(work / "driver.cpp", driver_source);
  const bool cached = !find_tool("ccache").empty();
  ProcessResult result = run_build(command, work, threads, cached, progress);
  if (result.status != 0 && cached) result = run_build(command, work, threads, false, progress);
  if (result.status != 0)
    throw tool_error("Verilator cannot build the design", result, work,
                     "Compile the network again, and check 'lutra doctor' (Verilator needs g++ and make)");
  progress("building the simulator", 1, 1);
}

template <class T>
void put(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
T take(std::string_view& bytes) {
  expects(bytes.size() >= sizeof(T), "the driver answers every event");
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

std::string stimuli(const Design& design, std::span<const std::int16_t> inputs, std::span<const std::uint32_t> gaps,
                    std::uint32_t seed) {
  const auto width = static_cast<std::size_t>(design.inputs);
  const std::size_t in_bits = width * static_cast<std::size_t>(design.input_format.bits);
  std::string bytes;
  put(bytes, static_cast<std::uint32_t>(port_words(in_bits)));
  put(bytes, static_cast<std::uint32_t>(port_words(output_bits(design))));
  put(bytes, static_cast<std::uint32_t>(in_bits));
  put(bytes, static_cast<std::uint32_t>(design.interval_cycles));
  put(bytes, static_cast<std::uint32_t>(design.latency_cycles) + spare_cycles);
  put(bytes, seed);
  put(bytes, static_cast<std::uint32_t>(design.chunks));
  put(bytes, static_cast<std::uint64_t>(gaps.size()));
  const auto chunks = static_cast<std::size_t>(design.chunks);
  for (std::size_t event = 0; event < gaps.size(); ++event) {
    put(bytes, gaps[event]);
    for (std::size_t chunk = event * chunks; chunk < (event + 1) * chunks; ++chunk)
      for (const std::uint32_t word : pack_input(inputs.subspan(chunk * width, width), design.input_format))
        put(bytes, word);
  }
  return bytes;
}

SimulatedEvents parse_responses(const Design& design, std::string_view bytes, std::size_t events) {
  SimulatedEvents answer;
  answer.unexpected = take<std::uint64_t>(bytes);
  std::vector<std::uint32_t> words(port_words(output_bits(design)));
  for (std::size_t event = 0; event < events; ++event) {
    answer.latency.push_back(take<std::int32_t>(bytes));
    for (std::uint32_t& word : words) word = take<std::uint32_t>(bytes);
    const std::vector<std::int64_t> outputs = unpack_output(words, design.outputs);
    answer.outputs.insert(answer.outputs.end(), outputs.begin(), outputs.end());
  }
  return answer;
}

}  // namespace

Simulator::Simulator(const Design& design, const fs::path& folder, const fs::path& work, int threads,
                     const Progress& progress)
    : design_(design), program_(fs::absolute(work / "model" / "driver")) {
  std::vector<std::string> command = build_command(design);
  const std::string key = build_key(command, design, folder);
  make_folder(work);
  const fs::path stamp = work / "built";
  if (fs::exists(stamp) && fs::exists(program_) && read_text(stamp) == key) return;
  remove_tree(stamp);
  for (const std::string& source : copy_sources(source_files(design, folder), work)) command.push_back(source);
  build(command, work, threads, progress);
  write_text_atomically(stamp, key);
}

SimulatedEvents Simulator::run(std::span<const std::int16_t> inputs, std::span<const std::uint32_t> gaps,
                               std::uint32_t seed, double timeout_s, const std::function<void()>& tick) const {
  const auto event_inputs = static_cast<std::size_t>(design_.inputs) * static_cast<std::size_t>(design_.chunks);
  expects(inputs.size() == gaps.size() * event_inputs, "one gap per event");
  const TemporaryFolder folder;
  const fs::path in = folder.path() / "stimuli", out = folder.path() / "responses";
  write_text_atomically(in, stimuli(design_, inputs, gaps, seed));
  const ProcessResult result =
      run_process({program_.string(), in.string(), out.string()}, {.timeout_s = timeout_s, .tick = tick});
  if (result.status != 0) throw tool_error("the simulation of the design stopped", result, folder.path(), "");
  return parse_responses(design_, read_text(out, 1ull << 33), gaps.size());
}

}  // namespace lutra
