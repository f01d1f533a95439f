#include "fragment/fragment.h"

#include <algorithm>
#include <bit>

#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"
#include "event/batch.h"
#include "event/dataset_file.h"
#include "event/events_file.h"
#include "fragment/window.h"

namespace lutra {
namespace {

constexpr std::size_t task_events = 4096;
constexpr std::size_t block_events = 1 << 16;

enum ColumnIndex : std::size_t { phi_column, charge_column, muons_column, containment_column };

Dataset empty_dataset(const ImageShape& shape, const FragmentConfig& config) {
  const auto pool = static_cast<unsigned>(config.pool_rows * config.pool_cols);
  Dataset data;
  data.rows = shape.layers / config.pool_rows;
  data.cols = config.window / config.pool_cols;
  data.input_format = {static_cast<int>(std::bit_width(pool)), std::countr_zero(pool), false};
  data.targets = {{"pt", "GeV", 0, config.pt_hi_gev, 0},
                  {"eta", "", shape.eta_first, shape.eta_first + config.window * shape.eta_pitch, shape.eta_pitch}};
  if (config.charge) data.targets.push_back({"charge", "", -1, 1, 0});
  data.columns = {{"phi", {}}, {"charge", {}}, {"muons", {}}, {"containment", {}}};
  return data;
}

/// Makes room for `size` events.
void resize(Dataset& data, std::size_t size) {
  data.inputs.resize(size * data.input_size());
  data.truth.resize(size * data.targets.size());
  data.window_start.resize(size);
  data.split.resize(size);
  for (Column& column : data.columns) column.values.resize(size);
}

/// Row and column of every cell, and the pooled index of every row and window column: faster than dividing.
struct Places {
  Places(const ImageShape& shape, const FragmentConfig& config) {
    for (int cell = 0; cell < shape.cells(); ++cell) {
      column.push_back(static_cast<std::uint16_t>(cell % shape.strips));
      row_offset.push_back(
          static_cast<std::uint16_t>(cell / shape.strips / config.pool_rows * (config.window / config.pool_cols)));
    }
    for (int i = 0; i < config.window; ++i) pooled.push_back(static_cast<std::uint16_t>(i / config.pool_cols));
  }
  std::vector<std::uint16_t> column, row_offset, pooled;
};

/// Fragments events of one batch into a data set that has room for them all.
class Cutter {
 public:
  Cutter(const EventBatch& events, const ImageShape& shape, const FragmentConfig& config, const Places& places,
         Dataset& data)
      : events_(events),
        shape_(shape),
        config_(config),
        places_(places),
        data_(data),
        search_(shape, config.window, config.stride) {}

  void cut(std::size_t event) {
    const std::uint32_t begin = events_.hit_begin[event], end = events_.hit_begin[event + 1];
    columns_.resize(end - begin);
    for (std::uint32_t i = begin; i < end; ++i)
      columns_[i - begin] = places_.column[static_cast<std::size_t>(events_.hits[i].cell())];
    const int start = search_.start(columns_);
    data_.window_start[event] = start;
    data_.split[event] = split_of(config_, events_.first + event);
    set_inputs(event, start);
    set_truth(event, start);
  }

 private:
  /// Pools the window and counts the muon hits in it.
  void set_inputs(std::size_t event, int start) {
    std::int16_t* const input = data_.inputs.data() + event * data_.input_size();
    const std::uint32_t begin = events_.hit_begin[event];
    int inside = 0, all = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Hit hit = events_.hits[begin + i];
      const int is_muon = hit.origin() == HitOrigin::muon;
      all += is_muon;
      const int column = columns_[i] - start;
      if (column < 0 || column >= config_.window) continue;
      inside += is_muon;
      ++input[places_.row_offset[static_cast<std::size_t>(hit.cell())] +
              places_.pooled[static_cast<std::size_t>(column)]];
    }
    data_.columns[containment_column].values[event] =
        all > 0 ? static_cast<float>(inside) / static_cast<float>(all) : 0.0f;
  }

  void set_truth(std::size_t event, int start) {
    const Muon* const muon = leading_muon(events_, event);
    const Muon truly = muon == nullptr ? Muon{0, 0, 0, 0} : *muon;
    const double centre = shape_.eta_first + (start + config_.window / 2.0) * shape_.eta_pitch;
    float* const truth = &data_.truth[event * data_.targets.size()];
    truth[0] = truly.pt_gev;
    truth[1] = muon == nullptr ? static_cast<float>(centre) : truly.eta;
    if (config_.charge) truth[2] = static_cast<float>(truly.charge);
    data_.columns[phi_column].values[event] = truly.phi;
    data_.columns[charge_column].values[event] = static_cast<float>(truly.charge);
    data_.columns[muons_column].values[event] =
        static_cast<float>(events_.muon_begin[event + 1] - events_.muon_begin[event]);
  }

  const EventBatch& events_;
  const ImageShape& shape_;
  const FragmentConfig& config_;
  const Places& places_;
  Dataset& data_;
  WindowSearch search_;
  std::vector<std::uint16_t> columns_;
};

Dataset cut_all(const Dataset& layout, const EventBatch& events, const ImageShape& shape, const FragmentConfig& config,
                int threads) {
  Dataset data = layout;
  resize(data, events.size());
  const Places places(shape, config);
  parallel_for((events.size() + task_events - 1) / task_events, threads, [&](std::size_t task) {
    Cutter cutter(events, shape, config, places, data);
    const std::size_t end = std::min(events.size(), (task + 1) * task_events);
    for (std::size_t event = task * task_events; event < end; ++event) cutter.cut(event);
  });
  return data;
}

}  // namespace

Split split_of(const FragmentConfig& config, std::uint64_t event) {
  const double u = Random(static_cast<std::uint64_t>(config.split_seed), RandomStream::split, event).uniform();
  return u < config.train ? Split::train : u < config.train + config.validation ? Split::validation : Split::test;
}

Dataset fragment(const EventBatch& events, const ImageShape& shape, const FragmentConfig& config, int threads) {
  check(config, shape);
  return cut_all(empty_dataset(shape, config), events, shape, config, threads);
}

FragmentSummary fragment_to_file(const std::filesystem::path& events, const FragmentConfig& config,
                                 const std::filesystem::path& out, int threads, const Progress& progress) {
  EventReader reader(events);
  check(config, reader.shape());
  if (reader.size() == 0) throw Error(events.string() + " holds no events", "", "Simulate some");
  const Dataset layout = empty_dataset(reader.shape(), config);
  FragmentConfig copy = config;
  const Json echo = {{"fragment", config_to_json([&](Fields& f) { describe(f, copy); })}, {"events", reader.config()}};
  write_dataset(out, layout, echo, [&](DatasetWriter& writer) {
    for (std::uint64_t done = 0; done < reader.size();) {
      progress("fragment", done, reader.size());
      const EventBatch batch = reader.next(block_events);
      writer.append(cut_all(layout, batch, reader.shape(), config, threads));
      done += batch.size();
    }
  });
  progress("fragment", reader.size(), reader.size());
  return {reader.size(), layout.rows, layout.cols};
}

}  // namespace lutra
