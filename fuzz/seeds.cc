#include <filesystem>

#include "base/artifact.h"
#include "ir/random_program.h"
#include "ir/text.h"
#include "model/random_network.h"
#include "onnx/graph_maker.h"

namespace {

using lutra::write_text_atomically;
constexpr int seeds_per_target = 20;

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

std::string npy_seed(int seed) {
  std::string header = "{'descr': '<f4', 'fortran_order': " + std::string(seed % 2 ? "True" : "False") +
                       ", 'shape': (2, " + std::to_string(seed % 3 + 1) + "), }";
  header.resize(118, ' ');
  return std::string("\x93NUMPY\x01\x00v\x00", 10) + header +
         std::string(static_cast<std::size_t>(8 * (seed % 3 + 1)), '\1');
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
    write_text_atomically(folder / "npy" / name, npy_seed(i));
  }
  write_text_atomically(
      folder / "study" / "0",
      "number = 1.5\ninteger = -3\nflag = true\ntext = \"a\"\nchoice = \"b\"\n[group]\nnumbers = [1, 2.5]\n"
      "integers = [3]\n[[list]]\nmember = 1\n");
  write_text_atomically(folder / "format" / "0", "u4.-12");
  write_text_atomically(folder / "csv" / "0", ",a,b\n1,-2.5e3\n\"3\",\"x\"\"y\"\r\n");
  return 0;
}
