#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <string>

#include "base/random.h"
#include "student/learned_quantizer.h"
#include "student/student_quantizer.h"
#include "train/toy_fragments.test.h"

/// Finite differences of every quantizer. A quantizer is a staircase: over whole steps of its grid it rises by exactly
/// what it advances, so differences over whole steps must equal the straight-through slope.
namespace lutra {
namespace {

/// A quantizer with parameters well inside its range and the step of each.
struct Kind {
  std::string name;
  StudentConfig config;
  StudentLayout layout;
  std::unique_ptr<StudentQuantizer> quantizer;
  std::vector<float> parameters, step;
};

StudentConfig small_student(const char* precision, int bits) {
  StudentConfig config;
  config.precision = precision;
  config.bits = bits;
  config.layer = {{.op = "conv", .channels = 2, .stride_rows = 3, .stride_cols = 2},
                  {.op = "dense", .channels = 4},
                  {.op = "dense", .channels = 0}};
  return config;
}

/// Values in the middle of the range, on no edge between two steps.
float inside(Random& random, float step) { return step * static_cast<float>(random.uniform(-0.45, 0.45)); }

void uniform_kind(Kind& kind) {
  Random random(1, RandomStream::verify, 0);
  std::vector<float> shape(kind.layout.parameters);
  for (float& p : shape) p = static_cast<float>(0.3 * random.normal());
  const StudentFormats formats = choose_formats(kind.layout, kind.config, shape);
  kind.step.resize(shape.size());
  for (std::size_t k = 0; k < formats.size(); ++k) {
    const StudentLayer& layer = kind.layout.layers[k];
    for (std::size_t i = layer.weight; i < layer.bias + static_cast<std::size_t>(layer.map.channels); ++i)
      kind.step[i] = std::ldexp(1.0f, -(i < layer.bias ? formats[k].weight.frac : formats[k].bias_frac));
  }
  for (const float step : kind.step) kind.parameters.push_back(inside(random, step));
  kind.quantizer = std::make_unique<UniformQuantizer>(kind.layout, formats, 0);
}

void float_kind(Kind& kind) {
  Random random(1, RandomStream::verify, 0);
  kind.step.assign(kind.layout.parameters, 1.0f / 8);
  for (const float step : kind.step) kind.parameters.push_back(inside(random, step));
  kind.quantizer = std::make_unique<FloatQuantizer>(kind.layout, 0);
}

/// All bits are 3: weights on a grid of 1/8, biases of 1/16 or the output's.
void learned_kind(Kind& kind) {
  Random random(1, RandomStream::verify, 0);
  auto quantizer = std::make_unique<LearnedQuantizer>(kind.layout, kind.config);
  kind.step.assign(kind.layout.parameters, 1.0f / 8);
  for (const float step : kind.step) kind.parameters.push_back(inside(random, step));
  kind.parameters.resize(quantizer->parameters(), 3);
  kind.quantizer = std::move(quantizer);
}

/// `make` fills in parameters, step and quantizer, which refers to the layout.
std::unique_ptr<Kind> kind_of(std::string name, StudentConfig config, const std::function<void(Kind&)>& make) {
  auto kind = std::make_unique<Kind>();
  kind->name = std::move(name);
  kind->config = std::move(config);
  kind->layout = lay_out(kind->config, toy_fragments(1, 1));
  make(*kind);
  return kind;
}

std::vector<std::unique_ptr<Kind>> all_kinds() {
  std::vector<std::unique_ptr<Kind>> kinds;
  for (int bits = 2; bits <= 8; ++bits)
    kinds.push_back(kind_of(std::to_string(bits) + " bits", small_student("fixed", bits), uniform_kind));
  kinds.push_back(kind_of("ternary", small_student("ternary", 4), uniform_kind));
  kinds.push_back(kind_of("float", small_student("float", 4), float_kind));
  for (const char* granularity : {"layer", "channel", "weight"}) {
    StudentConfig config = small_student("fixed", 4);
    config.learn.granularity = granularity;
    kinds.push_back(kind_of(std::string("learned by ") + granularity, config, learned_kind));
  }
  StudentConfig table = small_student("fixed", 4);
  table.layer[0] = {.op = "table", .channels = 2};
  kinds.push_back(kind_of("learned table", table, learned_kind));
  return kinds;
}

TEST(QuantizerSlopes, ParametersPassStraightThroughByFiniteDifferences) {
  const Dataset data = toy_fragments(32, 5);
  std::vector<std::uint32_t> events(32);
  for (std::uint32_t e = 0; e < 32; ++e) events[e] = e;
  for (const auto& kind : all_kinds()) {
    std::vector<float> parameters = kind->parameters;
    const EffectiveStudent student = kind->quantizer->effective(parameters);
    StudentPass pass(kind->layout, student);
    pass.forward(data, events);
    for (std::size_t t = 0; t < 2; ++t)
      for (std::size_t e = 0; e < events.size(); ++e) pass.output_slopes()[t].lane[e] = t == 0 ? 1.0f : -0.5f;
    pass.backward();
    std::vector<float> of_values(kind->layout.parameters), gradient(parameters.size());
    pass.add_gradient(of_values);
    kind->quantizer->add_gradient(parameters, pass, gradient);
    for (std::size_t i = 0; i < kind->layout.parameters; ++i) {
      const float here = parameters[i], step = kind->step[i];
      parameters[i] = here + step;
      const float above = kind->quantizer->effective(parameters).values[i];
      parameters[i] = here - step;
      const float slope = (above - kind->quantizer->effective(parameters).values[i]) / (2 * step);
      parameters[i] = here;
      ASSERT_NEAR(gradient[i], slope * of_values[i], 1e-5f * (1 + std::abs(of_values[i]))) << kind->name << ", " << i;
    }
  }
}

/// Output of a single unit and the slope that its backward pass gives.
std::pair<float, float> activated(const Activation& activation, float sum) {
  const LinearMap map = dense_map(1, 1);
  Tile sums{}, out{}, slopes{};
  sums.lane[0] = sum;
  slopes.lane[0] = 1;
  tile_activate(map, activation, &sums, &out);
  tile_activate_backward(map, activation, &sums, &slopes);
  return {out.lane[0], slopes.lane[0]};
}

TEST(QuantizerSlopes, ActivationsPassInsideAndStopOutsideByFiniteDifferences) {
  Random random(2, RandomStream::verify, 0);
  for (const Rounding rounding : {Rounding::half_even, Rounding::half_up})
    for (int bits = 2; bits <= 8; ++bits) {
      const float step = std::ldexp(1.0f, -bits);
      const Activation activation{
          .round = true, .rounding = rounding, .scale = {1 / step}, .lo = {0}, .hi = {1 / step - 1}};
      for (int n = 0; n < 50; ++n) {
        const auto centre = static_cast<float>(random.uniform(-2, 3));
        const bool within = centre > 2 * step && centre < 1 - 3 * step, beyond = centre < -step || centre > 1 + step;
        if (!within && !beyond) continue;
        const float difference =
            (activated(activation, centre + step).first - activated(activation, centre - step).first) / (2 * step);
        ASSERT_NEAR(activated(activation, centre).second, difference, 1e-5) << bits << " bits at " << centre;
      }
    }
}

/// Mean squared rounding error of values uniform on a range, and its slope in the bits by the quantizer's formula.
struct RoundingError {
  double mean_square = 0;
  double slope = 0;
};

RoundingError rounding_error(int frac) {
  const LinearMap map = dense_map(1, 1);
  Activation activation{
      .round = true, .scale = {std::ldexp(1.0f, frac)}, .lo = {0}, .hi = {std::ldexp(1.0f, frac) - 1}};
  activation.learns_bits = true;
  Random random(3, RandomStream::verify, 0);
  RoundingError error;
  constexpr int tiles = 2000;
  for (int n = 0; n < tiles; ++n) {
    Tile sums{}, out{}, slopes{};
    for (float& v : sums.lane) v = static_cast<float>(random.uniform(0.25, 0.75));
    tile_activate(map, activation, &sums, &out);
    for (std::size_t e = 0; e < tile_events; ++e) {
      const float off = out.lane[e] - sums.lane[e];
      slopes.lane[e] = 2 * off;  // of the square
      error.mean_square += static_cast<double>(off * off) / (tiles * tile_events);
    }
    HalfTile bits{};
    tile_add_bit_slopes(map, activation, &sums, &out, &slopes, &bits);
    error.slope += std::numbers::ln2 * static_cast<double>(lane_sum(bits)) / (tiles * tile_events);
  }
  return error;
}

// Bits are whole numbers, so the difference is over whole bits: of the logarithm, which is a line in them.
TEST(QuantizerSlopes, BitsMoveTheRoundingErrorAsTheirSlopeSays) {
  for (int frac = 3; frac <= 6; ++frac) {
    const RoundingError here = rounding_error(frac);
    const double difference =
        (std::log(rounding_error(frac + 1).mean_square) - std::log(rounding_error(frac - 1).mean_square)) / 2;
    EXPECT_NEAR(here.slope / here.mean_square, difference, 0.05) << frac;
  }
}

}  // namespace
}  // namespace lutra
