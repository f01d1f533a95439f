#include "verify/network_stream.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/hash.h"
#include "verify/stimulus.h"

namespace lutra {
namespace {

void check_belong_together(const Evaluator& evaluator, const Network& network, const Design& design) {
  const std::string hash = hex(hash_bytes(json_text(network_to_json(network))));
  if (design.inputs != evaluator.inputs() || design.input_format != network.input_format ||
      design.outputs != evaluator.output_formats() || (!design.network_hash.empty() && design.network_hash != hash))
    throw Error("the RTL was not compiled from this network", "design.json names another network",
                "Run 'lutra compile' on it again");
}

class NetworkStream : public VerifyStream {
 public:
  NetworkStream(const Evaluator& evaluator, std::span<const std::int16_t> given, const Design& design,
                const VerifyOptions& options)
      : evaluator_(evaluator), width_(static_cast<std::size_t>(design.inputs)), given_(given) {
    if (given.size() % width_ != 0)
      throw Error("the given inputs do not fit the network",
                  fmt::format("{} values are not a multiple of its {} inputs", given.size(), width_),
                  "Give fragments of the network's shape");
    for (const std::int16_t value : given)
      if (!design.input_range.contains(value))
        throw Error("an input is outside the range the RTL was compiled for",
                    fmt::format("{} is not in {}..{}", value, design.input_range.lo, design.input_range.hi),
                    "Compile the network for this data");
    if (options.corners) made_ = corner_inputs(design.inputs, design.input_range);
    corners_ = made_.size() / width_;
    const auto random = scattered_inputs(design.inputs, design.input_range, options.seed, options.random_events);
    made_.insert(made_.end(), random.begin(), random.end());
  }

  std::uint64_t given() const override { return given_.size() / width_; }
  std::uint64_t corners() const override { return corners_; }
  std::uint64_t events() const override { return given() + made_.size() / width_; }
  std::vector<std::int16_t> inputs(std::uint64_t begin, std::uint64_t end) const override {
    std::vector<std::int16_t> values;
    values.reserve((end - begin) * width_);
    for (std::uint64_t i = begin; i < end; ++i) values.insert(values.end(), event(i).begin(), event(i).end());
    return values;
  }
  std::vector<std::int64_t> expected(std::uint64_t begin, std::uint64_t end) const override {
    return evaluator_.evaluate(inputs(begin, end));
  }

 private:
  std::span<const std::int16_t> event(std::uint64_t i) const {
    return i < given() ? given_.subspan(i * width_, width_) : std::span(made_).subspan((i - given()) * width_, width_);
  }

  const Evaluator& evaluator_;
  std::size_t width_;
  std::span<const std::int16_t> given_;
  std::vector<std::int16_t> made_;
  std::uint64_t corners_ = 0;
};

}  // namespace

std::unique_ptr<VerifyStream> network_stream(const Evaluator& evaluator, const Network& network,
                                             std::span<const std::int16_t> given, const Design& design,
                                             const VerifyOptions& options) {
  check_belong_together(evaluator, network, design);
  return std::make_unique<NetworkStream>(evaluator, given, design, options);
}

}  // namespace lutra
