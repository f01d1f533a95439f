#pragma once
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

/// The public candidates of Ospanov et al. (EPJ C 82:576): 9 numbers a line, no header, gzip or plain.
namespace ospanov {

enum CsvColumn { z_rpc2, dz_rpc1, dz_rpc3, ten_q_over_pt, theta, hits, noise_hits, seed_is_noise, has_noise_cluster };
using Row = std::array<double, 9>;

/// Reads with strtod alone, so that it shares nothing with what it checks.
inline std::vector<Row> read_csv(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("cannot open " + path);
  std::vector<Row> rows;
  char line[4096];
  while (gzgets(file, line, sizeof line) != nullptr) {
    char* at = line;
    rows.emplace_back();
    for (double& value : rows.back()) {
      char* end = nullptr;
      value = std::strtod(at, &end);
      if (end == at) throw std::runtime_error(path + ": line " + std::to_string(rows.size()) + " is short");
      at = end + 1;
    }
  }
  gzclose(file);
  return rows;
}

}  // namespace ospanov
