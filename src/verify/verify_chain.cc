#include "verify/verify_chain.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/random.h"
#include "chain/chain.h"
#include "fragment/fragment.h"
#include "model/evaluate.h"
#include "verify/stream.h"

namespace lutra {
namespace {

/// Appends one image; cells in increasing order.
void append_image(EventBatch& batch, const std::vector<int>& cells) {
  for (const int cell : cells) batch.hits.emplace_back(cell, HitOrigin::electronic);
  batch.hit_begin.push_back(static_cast<std::uint32_t>(batch.hits.size()));
  batch.muon_begin.push_back(static_cast<std::uint32_t>(batch.muons.size()));
}

std::vector<int> random_cells(const ImageShape& image, double density, Random& random) {
  std::vector<int> cells;
  for (int cell = 0; cell < image.cells(); ++cell)
    if (random.chance(density)) cells.push_back(cell);
  return cells;
}

/// Empty, full, every column alone, and pairs of columns far apart: equally good windows.
std::uint64_t append_corners(EventBatch& batch, const ImageShape& image) {
  const std::size_t before = batch.size();
  Random random(0, RandomStream::verify, 0);
  append_image(batch, {});
  append_image(batch, random_cells(image, 1, random));
  for (int strip = 0; strip < image.strips; ++strip) append_image(batch, {strip});
  for (int strip = 0; 2 * strip < image.strips; strip += 7)
    append_image(batch, {strip, (image.layers - 1) * image.strips + image.strips - 1 - strip});
  return batch.size() - before;
}

class ChainStream : public VerifyStream {
 public:
  ChainStream(const Evaluator& evaluator, const Design& design, const EventBatch& given, const VerifyOptions& options)
      : evaluator_(evaluator), shape_(chain_shape(design)), rule_(chain_rule(design)), events_(given) {
    image_.layers = shape_.rows;
    image_.strips = shape_.cols;
    given_ = events_.size();
    if (options.corners) corners_ = append_corners(events_, image_);
    for (std::size_t i = 0; i < options.random_events; ++i) {
      Random random(options.seed, RandomStream::verify, i);
      const double occupancy = random.uniform();
      append_image(events_, random_cells(image_, occupancy * occupancy * occupancy, random));
    }
    FragmentConfig config;
    config.window = shape_.window;
    config.stride = shape_.stride;
    config.pool_rows = shape_.pool_rows;
    config.pool_cols = shape_.pool_cols;
    fragments_ = fragment(events_, image_, config, options.threads);
  }

  std::uint64_t given() const override { return given_; }
  std::uint64_t corners() const override { return corners_; }
  std::uint64_t events() const override { return events_.size(); }

  std::vector<std::int16_t> inputs(std::uint64_t begin, std::uint64_t end) const override {
    std::vector<std::int16_t> all;
    for (std::uint64_t event = begin; event < end; ++event) {
      std::vector<std::int64_t> image(static_cast<std::size_t>(image_.cells()));
      for (std::uint32_t i = events_.hit_begin[event]; i < events_.hit_begin[event + 1]; ++i)
        image[static_cast<std::size_t>(events_.hits[i].cell())] = 1;
      for (const std::int64_t bit : chain_stimuli(shape_, image)) all.push_back(static_cast<std::int16_t>(bit));
    }
    return all;
  }

  std::vector<std::int64_t> expected(std::uint64_t begin, std::uint64_t end) const override {
    const auto width = static_cast<std::size_t>(evaluator_.inputs());
    const auto answers =
        evaluator_.evaluate(std::span(fragments_.inputs).subspan(begin * width, (end - begin) * width));
    const auto outputs = static_cast<std::size_t>(evaluator_.outputs());
    std::vector<std::int64_t> all;
    for (std::uint64_t i = 0; i < end - begin; ++i) {
      const auto words =
          apply(rule_, std::span(answers).subspan(i * outputs, outputs), fragments_.window_start[begin + i]);
      all.insert(all.end(), words.begin(), words.end());
    }
    return all;
  }

 private:
  const Evaluator& evaluator_;
  WindowSearchShape shape_;
  TriggerRule rule_;
  ImageShape image_;
  EventBatch events_;
  Dataset fragments_;
  std::uint64_t given_ = 0, corners_ = 0;
};

}  // namespace

VerifyResult verify_chain(const Network& network, const Design& design, const std::filesystem::path& folder,
                          const EventBatch& given, const VerifyOptions& options, const Progress& progress) {
  const Evaluator evaluator(network);
  const WindowSearchShape shape = chain_shape(design);
  const TriggerRule rule = chain_rule(design);
  const std::vector<Format> formats = evaluator.output_formats();
  const bool fits = design.network_hash == hex(hash_bytes(json_text(network_to_json(network)))) &&
                    evaluator.inputs() == shape.cells() && rule.pt_output < formats.size() &&
                    rule.eta_output.value_or(0) < formats.size() && design.outputs == word_formats(rule);
  if (!fits)
    throw Error("the RTL was not compiled from this network", "design.json names another network",
                "Run 'lutra compile --chain' on it again");
  for (const Hit hit : given.hits)
    if (hit.cell() >= shape.rows * shape.cols)
      throw Error("the events do not fit the image the RTL was compiled for", "a hit lies outside it",
                  "Compile with the study of these events");
  return run_stream(design, folder, ChainStream(evaluator, design, given, options), options, progress);
}

}  // namespace lutra
