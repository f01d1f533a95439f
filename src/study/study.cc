#include "study/study.h"

#include <algorithm>

#include "base/name.h"

namespace lutra {
void describe(Fields& f, VerifyConfig& c) {
  f.integer("events", c.events, {0, 1e9}, "real fragments to run through the firmware; 0: all of the data set");
  f.integer("random_events", c.random_events, {0, 1e9}, "random inputs besides, and the corners of the input format");
  f.flag("prove", c.prove, "lutra run also proves the program for every input: minutes for thousands of LUTs");
  f.integer("seed", c.seed, {0, 9e15}, "seed of the random inputs and of the gaps between events");
}

void describe(Fields& f, FragmentationConfig& c) {
  f.integers("windows", c.windows, {1, 512}, "window widths to compare [strips]; none: no comparison");
  f.integers("strides", c.strides, {1, 512}, "strides of the search [strips]");
  f.integer("events", c.events, {0, 1e9}, "events to compare on; 0: all");
}

void describe(Fields& f, FitConfig& c) {
  f.integers("roads", c.roads, {1, 1024}, "numbers of roads to try in [roads]");
  f.integers("widths", c.widths, {1, 4096}, "channels to try in the layer before the last of [learned]");
  f.integer("seeds", c.seeds, {1, 1000}, "runs with each of them, from learned.train.seed on");
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
  f.group("image_teacher", "the network on whole images, trained by lutra train --full-image",
          [&] { describe(f, s.image_teacher); });
  f.group("student", "the small, quantized network", [&] { describe(f, s.student); });
  f.flag("whole_images", s.whole_images, "lutra run trains and measures the network of [image_teacher] too");
  f.flag("compression", s.compression, "lutra run learns networks with the precision of [learned] too");
  f.flag("chain", s.chain, "lutra run makes the firmware of the whole trigger too, from raw hits to the decision");
  f.group("learned", "the network whose precision is learned", [&] { describe(f, s.learned); });
  f.group("fit", "search for a network within a budget", [&] { describe(f, s.fit); });
  f.list(
      "grid", "students to compare, besides the one above", s.grid.size(),
      [&](std::size_t n) { s.grid.assign(n, GridConfig{}); }, [&](std::size_t i) { describe(f, s.grid[i]); });
  f.group("roads", "the network of roads and truth tables, trained by lutra roads", [&] { describe(f, s.roads); });
  f.group("road_grid", "networks of roads to compare", [&] { describe(f, s.road_grid); });
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
  check_name(study.student.name, path.string(), "\"student.name\"");
  check_name(study.quantized_teacher.name, path.string(), "\"quantized_teacher.name\"");
  check_name(study.learned.name, path.string(), "\"learned.name\"");
  check_name(study.roads.name, path.string(), "\"roads.name\"");
  return study;
}

namespace {

constexpr int quick_epochs = 4;       // times as many
constexpr int quick_grid_epochs = 2;  // of the many students that are only compared

template <class Count>
void tenth(Count& count) {
  if (count > 0) count = std::max<Count>(1, count / 10);
}

void keep_first(std::vector<std::int64_t>& seeds) {
  if (seeds.size() > 1) seeds = {seeds.front()};
}

void make_quick(TrainConfig& train) {
  if (train.train_events == 0) return;
  tenth(train.train_events);
  train.epochs *= quick_epochs;
}

void make_quick(GridConfig& grid) {
  for (std::int64_t& events : grid.train_events) tenth(events);
  grid.epochs *= quick_grid_epochs;
  keep_first(grid.seeds);
  grid.synthesise.clear();
}

}  // namespace

Study quick_study(Study s) {
  tenth(s.events);
  tenth(s.fragmentation.events);
  tenth(s.verify.events);
  tenth(s.verify.random_events);
  for (TrainConfig* train :
       {&s.teacher.train, &s.quantized_teacher.train, &s.image_teacher.train, &s.student.train, &s.learned.train})
    make_quick(*train);
  for (GridConfig& grid : s.grid) make_quick(grid);
  tenth(s.roads.train_events);
  keep_first(s.road_grid.seeds);
  return s;
}

Json difference(const Json& config, const Json& usual) {
  if (!config.is_object() || !usual.is_object()) return config;
  Json changed = Json::object();
  for (const auto& [key, value] : config.items()) {
    const auto found = usual.find(key);
    if (found == usual.end() || *found != value)
      changed[key] = found == usual.end() ? value : difference(value, *found);
  }
  return changed;
}

}  // namespace lutra
