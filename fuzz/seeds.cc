#include <filesystem>

#include "base/artifact.h"
#include "base/temporary.h"
#include "ir/random_program.h"
#include "ir/text.h"
#include "model/random_network.h"
#include "onnx/graph_maker.h"
#include "report/fixture/fixture_run.h"
#include "report/run.h"

namespace {

using lutra::write_text_atomically;
constexpr int seeds_per_target = 8;

std::string onnx_seed(std::uint64_t seed) {
  const bool image = seed % 2 == 0;
  lutra::onnx::GraphMaker g(seed, image ? std::vector<std::int64_t>{1, 1, 4, 4} : std::vector<std::int64_t>{1, 4});
  g.input_quant();
  if (image) {
    g.conv(2);
    g.random_normalisation();
    g.random_activation();
    g.pool(seed % 4 == 0 ? "MaxPool" : "AveragePool");
    g.flatten();
  }
  g.dense(2);
  g.normalisation(seed % 3 == 0);
  g.random_activation();
  return g.finish();
}

/// The bodies of a small run folder by path.
std::string report_seed(bool study) {
  const lutra::TemporaryFolder folder;
  lutra::FixtureOptions options;
  options.study = study;
  lutra::write_fixture_run(folder.path(), options);
  lutra::Json bodies = lutra::Json::object();
  for (const auto& [path, artifact] : lutra::read_run(folder.path()).files) bodies[path] = artifact.body;
  bodies.erase("displays.json");  // large
  return bodies.dump();
}

}  // namespace

/// Writes small valid inputs for each target below the folder given.
int main(int, char** arguments) {
  const std::filesystem::path folder = arguments[1];
  const lutra::RandomNetworkOptions small{3, 2, 3, 3, 3};
  for (int i = 0; i < seeds_per_target; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    const std::string name = std::to_string(i);
    write_text_atomically(folder / "network_json" / name,
                          lutra::network_to_json(lutra::random_network(seed, small)).dump());
    write_text_atomically(folder / "onnx" / name, onnx_seed(seed));
    write_text_atomically(folder / "ir_text" / name, lutra::print_program(lutra::random_program(seed, {2, 8, 8})));
  }
  write_text_atomically(folder / "report" / "run", report_seed(false));
  write_text_atomically(folder / "report" / "study", report_seed(true));
  return 0;
}
