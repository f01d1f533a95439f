#include "study/network_entry.h"

#include <fmt/format.h>

#include <cmath>

#include "event/dataset_file.h"
#include "model/ebops.h"
#include "study/stages.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

Dataset test_events(const fs::path& data) { return select(read_dataset(data).data, Split::test); }

void write_entry(const fs::path& out, const Study& study, const Json& entry) {
  write_json_artifact(out, network_entry_kind, {{"metrics", echo(study.metrics)}, {"compile", echo(study.compile)}},
                      entry);
}

/// As far as it can be told without compiling the network itself.
Json scaled_from_student(double operations, const Study& study, const EntryInputs& inputs, const Context& context) {
  const Network student = read_network(inputs.student).network;
  const CompileResult compiled = compile(student, study.compile, context.progress());
  return scaled_hardware(operations, student, compiled.cost.lut);
}

/// Effective bit operations of so many products of 32-bit numbers.
double float_operations(double products) { return products * 32 * 32; }

}  // namespace

Json entry_of(const NetworkKind& kind, Shape input) {
  return {{"name", kind.name},
          {"family", kind.family},
          {"input", fmt::format("{}x{}", input.rows, input.cols)},
          {"precision", kind.precision},
          {"bits", kind.precision == "fixed" ? Json(kind.bits) : Json(nullptr)},
          {"distilled", kind.teacher != "none"},
          {"teacher", kind.teacher}};
}

Json estimated_hardware(const Judged& judged) {
  return {{"lut", judged.lut_estimate},
          {"ff", judged.ff_estimate},
          {"dsp", 0},
          {"bram", 0},
          {"latency_cycles", judged.latency_cycles},
          {"latency_ns", judged.latency_ns},
          {"interval_cycles", 1},
          {"flow", "Lutra's cost model"},
          {"estimated", true}};
}

Json synthesised_hardware(const CompileOptions& options, const fs::path& network, const fs::path& out,
                          const Context& context) {
  make_rtl(options, network, out / "rtl", context);
  return make_synthesis(out / "rtl", {}, out / "synth.json", context);
}

Json scaled_hardware(double operations, const Network& compiled, double compiled_lut) {
  const double lut_per_operation = compiled_lut / effective_bit_operations(compiled);
  return {{"lut", std::round(operations * lut_per_operation)},
          {"dsp", 0},
          {"bram", 0},
          {"interval_cycles", 1},
          {"flow", fmt::format("{:.2f} LUT per effective bit operation, fully parallel", lut_per_operation)},
          {"estimated", true}};
}

void make_quantized_teacher_entry(const Study& study, const EntryInputs& inputs, const fs::path& teacher,
                                  const fs::path& out, const Context& context) {
  const Network network = read_network(teacher).network;
  const int bits = study.quantized_teacher.bits;
  Json entry = entry_of({fmt::format("Teacher, {} bit", bits), "teacher", "fixed", bits}, network.input);
  entry["metrics"] =
      metrics_to_json(evaluate_metrics(network_predictions(network, test_events(inputs.data), context), study.metrics));
  entry["hardware"] = scaled_from_student(effective_bit_operations(network), study, inputs, context);
  write_entry(out / entry_file, study, entry);
}

void make_teacher_entry(const Study& study, const EntryInputs& inputs, const fs::path& teacher,
                        const fs::path& quantized, const fs::path& out, const Context& context) {
  const Network network = read_network(quantized).network;
  Json entry = entry_of({"Teacher, float", "teacher", "float"}, network.input);
  entry["metrics"] = metrics_to_json(
      evaluate_metrics(teacher_predictions(teacher, test_events(inputs.data), {}, context), study.metrics));
  entry["hardware"] = scaled_from_student(float_operations(products(network)), study, inputs, context);
  write_entry(out, study, entry);
}

void make_image_teacher_entry(const Study& study, const EntryInputs& inputs, const TeacherFiles& teacher,
                              const fs::path& out, const Context& context) {
  const TeacherShape shape = read_teacher(teacher.teacher).teacher.shape();
  const std::string name = fmt::format("Teacher on {}x{}, float", shape.rows, shape.cols);
  Json entry = entry_of({name, "teacher", "float"}, {1, shape.rows, shape.cols});
  entry["metrics"] = metrics_to_json(evaluate_metrics(
      teacher_predictions(teacher, read_dataset(inputs.data).data, Split::test, context), study.metrics));
  entry["hardware"] = scaled_from_student(float_operations(teacher_products(shape)), study, inputs, context);
  write_entry(out / entry_file, study, entry);
}

void make_learned_entry(const Study& study, const fs::path& data, const fs::path& network_file, const fs::path& out,
                        const Context& context) {
  const Network network = read_network(network_file).network;
  Json entry = entry_of({"Learned precision", "ours", "learned", 0, "float"}, network.input);
  entry["metrics"] =
      metrics_to_json(evaluate_metrics(network_predictions(network, test_events(data), context), study.metrics));
  entry["hardware"] = synthesised_hardware(study.compile, network_file, out, context);
  write_entry(out / entry_file, study, entry);
}

}  // namespace lutra
