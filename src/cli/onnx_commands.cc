#include <fmt/format.h>

#include <memory>

#include "base/artifact.h"
#include "cli/commands.h"
#include "onnx/export.h"
#include "onnx/import.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

struct ImportFlags {
  fs::path in, out;
  std::string input_format;
  double input_divisor = 1;
};

struct ExportFlags {
  fs::path in, out;
};

int onnx_import_action(const ImportFlags& flags, const Session& session) {
  onnx::ImportOptions options;
  if (!flags.input_format.empty()) options.input_format = parse_format(flags.input_format, "--input-format");
  options.input_divisor = flags.input_divisor;
  const onnx::Imported imported = onnx::read_onnx(flags.in, options);
  write_network(flags.out, imported.network, {{"imported_from", flags.in.filename().string()}});
  session.report(fmt::format("{} layers in {}", imported.network.layers.size(), flags.out.string()),
                 {{"layers", imported.network.layers.size()}, {"file", flags.out.string()}});
  return 0;
}

int onnx_export_action(const ExportFlags& flags, const Session& session) {
  onnx::write_onnx(flags.out, read_network(flags.in).network);
  session.report("QONNX model in " + flags.out.string(), {{"file", flags.out.string()}});
  return 0;
}

}  // namespace

Command onnx_import_command() {
  return {"onnx-import", "Read a quantized network from QONNX", "lutra onnx-import model.onnx --out network.json",
          [](CLI::App& app) -> Action {
            auto flags = std::make_shared<ImportFlags>();
            app.add_option("model", flags->in, "QONNX model")->required();
            app.add_option("--out", flags->out, "Network to write (network.json)")->required();
            app.add_option("--input-format", flags->input_format,
                           "Format of the integers the firmware receives, such as u8.0");
            app.add_option("--input-divisor", flags->input_divisor, "The graph's input is the integer divided by this")
                ->check(CLI::PositiveNumber)
                ->capture_default_str();
            return [flags](const Session& session) { return onnx_import_action(*flags, session); };
          }};
}

Command onnx_export_command() {
  return {"onnx-export", "Write a network as QONNX", "lutra onnx-export student/network.json --out student.onnx",
          [](CLI::App& app) -> Action {
            auto flags = std::make_shared<ExportFlags>();
            app.add_option("network", flags->in, "Quantized network (network.json)")->required();
            app.add_option("--out", flags->out, "QONNX model to write")->required();
            return [flags](const Session& session) { return onnx_export_action(*flags, session); };
          }};
}

}  // namespace lutra
