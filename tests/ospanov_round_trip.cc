#include <cmath>
#include <iostream>

#include "event/dataset_file.h"
#include "ospanov_csv.h"

/// ospanov_round_trip CSV DATA_SET: compares what `lutra import studies/ospanov.toml` stored with the CSV it came from,
/// value for value. Exit status 1 when anything differs.
namespace {

struct Comparison {
  std::uint64_t values = 0, differing = 0;
  void add(bool equal) {
    ++values;
    differing += !equal;
  }
  void print(const char* what) const {
    std::cout << what << ": " << values << " values compared, " << differing << " differ\n";
  }
};

int compare(const std::string& csv, const std::string& data_set) {
  const std::vector<ospanov::Row> rows = ospanov::read_csv(csv);
  const lutra::Dataset data = lutra::read_dataset(data_set).data;
  Comparison events, inputs, targets, columns;
  events.add(rows.size() == data.size() && data.input_size() == 3 && data.columns.size() == 9);
  for (std::size_t i = 0; i < rows.size() && events.differing == 0; ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      const double step = std::ldexp(1, -data.input_format.frac);
      inputs.add(data.input(i)[k] == std::nearbyint(rows[i][k] / step));
    }
    targets.add(data.truth[i] == static_cast<float>(rows[i][ospanov::ten_q_over_pt]));
    for (std::size_t k = 0; k < 9; ++k) columns.add(data.columns[k].values[i] == static_cast<float>(rows[i][k]));
  }
  events.print("number of events and columns");
  inputs.print("inputs (rounded to the declared format, half to even)");
  targets.print("target (as float)");
  columns.print("kept columns (as float)");
  return events.differing + inputs.differing + targets.differing + columns.differing == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("usage: ospanov_round_trip CSV DATA_SET");
  return compare(argv[1], argv[2]);
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 2;
}
