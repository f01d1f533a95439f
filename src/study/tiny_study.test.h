#pragma once
#include <algorithm>

#include "base/temporary.h"
#include "event/dataset_file.h"
#include "model/network.h"
#include "study/stages.h"

namespace lutra {

/// What tests of stages and commands start from: 600 simulated events, their fragments, networks that read them.
struct TinyStudy {
  TinyStudy() {
    study.seed = 5;
    make_events(study, {0, 600}, events(), {});
    make_fragments(study.fragment, events(), fragments(), {});
    const Dataset data = read_dataset(fragments()).data;
    write_network(counting(), network(data, 1, 0), Json::object());
    write_network(accepts_all(), network(data, 0, 160), Json::object());   // 12.5 GeV
    write_network(accepts_none(), network(data, 0, 100), Json::object());  // 7.8 GeV
  }

  std::filesystem::path events() const { return folder / "events.h5"; }
  std::filesystem::path fragments() const { return folder / "fragments.h5"; }
  std::filesystem::path counting() const { return folder / "counting.json"; }
  std::filesystem::path accepts_all() const { return folder / "all.json"; }
  std::filesystem::path accepts_none() const { return folder / "none.json"; }

  /// pT = 20 GeV x (weight / 64 x sum of the pixels + bias / 256), below 20 GeV; eta in the middle of the window.
  static Network network(const Dataset& data, std::int64_t weight, std::int64_t bias) {
    Network n;
    n.input = {1, data.rows, data.cols};
    n.input_format = data.input_format;
    n.targets = data.targets;
    Layer flat, dense;
    flat.name = "flatten";
    flat.op = Op::flatten;
    flat.inputs = {network_input};
    dense.name = "count";
    dense.inputs = {0};
    dense.out_channels = 2;
    dense.weights.assign(2 * data.input_size(), 0);
    std::fill_n(dense.weights.begin(), data.input_size(), weight);
    dense.weight_frac = {6, 6};
    dense.bias = {bias, 128};
    dense.bias_frac = {8, 8};
    dense.output = {{{8, 8, false}, Rounding::down, Overflow::saturate}};
    n.layers = {flat, dense};
    return n;
  }

  TemporaryFolder folder;
  Study study;
};

}  // namespace lutra
