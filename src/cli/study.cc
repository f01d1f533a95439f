#include "cli/study.h"

#include <algorithm>
#include <type_traits>

namespace lutra {

void describe(Fields& f, VerifyConfig& c) {
  f.integer("events", c.events, {0, 1e9}, "real fragments to run through the firmware; 0: all of the data set");
  f.integer("random_events", c.random_events, {0, 1e9}, "random inputs besides, and the corners of the input format");
  f.integer("seed", c.seed, {0, 9e15}, "seed of the random inputs and of the gaps between events");
}

void describe(Fields& f, FragmentationConfig& c) {
  f.integers("windows", c.windows, {1, 512}, "window widths to compare [strips]; none: no comparison");
  f.integers("strides", c.strides, {1, 512}, "strides of the search [strips]");
  f.integer("events", c.events, {0, 1e9}, "events to compare on; 0: all");
}

void describe(Fields& f, Study& s) {
  f.text("name", s.name, "name of the study, shown in the report");
  f.integer("seed", s.seed, {0, 9e15}, "seed of the simulated events");
  f.integer("events", s.events, {1, 1e9}, "simulated events, muon-less ones included");
  f.group("simulation", "the detector and what happens in it", [&] { describe(f, s.simulation); });
  f.group("fragment", "how an image becomes a network's input", [&] { describe(f, s.fragment); });
  f.group("fragmentation", "other windows, compared", [&] { describe(f, s.fragmentation); });
  f.group("teacher", "the large network", [&] { describe(f, s.teacher); });
  f.group("quantized_teacher", "the large network with few bits, trained by lutra train --quantized",
          [&] { describe(f, s.quantized_teacher); });
  f.group("student", "the small, quantized network", [&] { describe(f, s.student); });
  f.flag("compression", s.compression, "lutra run learns networks with the precision of [learned] too");
  f.group("learned", "the network whose precision is learned", [&] { describe(f, s.learned); });
  f.list(
      "grid", "students to compare, besides the one above", s.grid.size(),
      [&](std::size_t n) { s.grid.assign(n, GridConfig{}); }, [&](std::size_t i) { describe(f, s.grid[i]); });
  f.group("compile", "network to firmware", [&] { describe(f, s.compile); });
  f.group("verify", "firmware against reference", [&] { describe(f, s.verify); });
  f.group("metrics", "what is measured", [&] { describe(f, s.metrics); });
  f.group("report", "what is shown", [&] {
    f.integer("displayed_events", s.displayed_events, {0, 100}, "events drawn in the report");
  });
}

Study read_study(const std::filesystem::path& path) {
  Study study;
  read_toml(path, [&](Fields& f) { describe(f, study); });
  return study;
}

Study quick_study(Study s) {
  const auto tenth = [](auto& count) {
    if (count > 0) count = std::max<std::remove_reference_t<decltype(count)>>(1, count / 10);
  };
  tenth(s.events);
  tenth(s.fragmentation.events);
  tenth(s.verify.events);
  tenth(s.verify.random_events);
  for (TrainConfig* train : {&s.teacher.train, &s.quantized_teacher.train, &s.student.train, &s.learned.train}) {
    tenth(train->train_events);
    tenth(train->validation_events);
  }
  for (GridConfig& grid : s.grid) {
    for (std::int64_t& events : grid.train_events) tenth(events);
    if (grid.seeds.size() > 1) grid.seeds.erase(grid.seeds.begin() + 1, grid.seeds.end());
    grid.synthesise.clear();
  }
  return s;
}

}  // namespace lutra
