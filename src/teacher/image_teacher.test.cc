#include "teacher/image_teacher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/random.h"
#include "event/events_file.h"
#include "teacher/image_pools.h"
#include "teacher/image_samples.h"
#include "teacher/teacher_graph.h"
#include "train/predictions_guide.h"
#include "train/toy_fragments.test.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr ImageShape small{9, 64, 0.0, 0.01};

/// Straight or bent tracks over nine layers and a little noise; a fifth of the events is empty of muons.
EventBatch toy_events(std::size_t events) {
  EventBatch batch;
  for (std::size_t e = 0; e < events; ++e) {
    Random random(5, RandomStream::muon, e);
    std::map<int, HitOrigin> hits;  // by cell
    const double pt = random.uniform(3, 20), column = random.uniform(12, 52);
    const bool muon = random.chance(0.8);
    for (int n = random.poisson(2); n > 0; --n) hits[static_cast<int>(random.below(9 * 64))] = HitOrigin::electronic;
    for (int layer = 0; muon && layer < 9; ++layer) {
      const int strip = static_cast<int>(column + layer * layer * 1.5 / pt);
      if (strip < small.strips) hits[layer * small.strips + strip] = HitOrigin::muon;
    }
    for (const auto& [cell, origin] : hits) batch.hits.emplace_back(cell, origin);
    batch.hit_begin.push_back(static_cast<std::uint32_t>(batch.hits.size()));
    if (muon) batch.muons.push_back({static_cast<float>(pt), static_cast<float>(0.01 * column), 0.1f, std::int8_t{1}});
    batch.muon_begin.push_back(static_cast<std::uint32_t>(batch.muons.size()));
  }
  return batch;
}

class ImageFiles : public testing::Test {
 protected:
  ImageFiles() : folder_(fs::path(testing::TempDir()) / "lutra_images") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ImageFiles() override { fs::remove_all(folder_); }

  fs::path write(const EventBatch& batch) const {
    const fs::path path = folder_ / "events.h5";
    write_events(path, small, 0, Json::object(), [&](EventWriter& writer) { writer.append(batch); });
    return path;
  }

  static ImageTask task(const fs::path& events) {
    return {events,
            [](std::uint64_t e) { return e % 5 == 3   ? Split::validation
                                         : e % 5 == 4 ? Split::test
                                                      : Split::train; },
            20};
  }

  fs::path folder_;
};

TeacherConfig quick() {
  TeacherConfig config = image_teacher_config();
  config.train.epochs = 2;
  config.train.batch_events = 64;
  config.train.checkpoint_steps = 5;
  config.train.learning_rate = 5e-3;
  return config;
}

TEST(TeacherPlans, TheTeacherOfWholeImagesHasAHundredTimesTheStudentsParameters) {
  const TeacherShape shape{9, 384, 2, TeacherPlan::image};
  EXPECT_EQ(teacher_parameters(shape), 104702u);
  EXPECT_EQ(teacher_products({9, 16, 2}), 144 * 90 + 144 * 900 + 72 * (90 * 17 + 2 * 153 * 17) + 2720 + 100 + 20);
  const auto layers = teacher_layers(shape);
  EXPECT_EQ(layers[4].inputs, 24 * 3 * 12);
  EXPECT_EQ(layers[3].cols, 24);
  EXPECT_EQ(layers[3].col_step, 16);
  EXPECT_TRUE(fits_plan({3, 32, 2, TeacherPlan::image}));
  EXPECT_FALSE(fits_plan({2, 32, 2, TeacherPlan::image}));
  EXPECT_FALSE(fits_plan({3, 16, 2, TeacherPlan::image}));
}

/// Values before the ReLU of a convolution or dense layer over [channels][rows][cols], as its definition says.
std::vector<float> layer_sums(const TeacherLayer& layer, const std::vector<float>& parameters,
                              const std::vector<float>& in, int rows, int cols) {
  const int taps = layer.kernel_rows * layer.kernel_cols, channels_in = layer.dense ? 0 : layer.inputs / taps;
  std::vector<float> sums;
  for (int channel = 0; channel < layer.channels; ++channel)
    for (int r = 0; r < layer.rows; ++r)
      for (int c = 0; c < layer.cols; ++c) {
        const float* weight = &parameters[layer.weight + static_cast<std::size_t>(channel * layer.inputs)];
        double sum = parameters[layer.bias + static_cast<std::size_t>(channel)];
        for (int i = 0; layer.dense && i < layer.inputs; ++i) sum += weight[i] * in[static_cast<std::size_t>(i)];
        for (int i = 0; i < channels_in * taps; ++i) {
          const int row = r + i / layer.kernel_cols % layer.kernel_rows - layer.kernel_rows / 2;
          const int col = c * layer.stride_cols + i % layer.kernel_cols - layer.kernel_cols / 2;
          if (row >= 0 && row < rows && col >= 0 && col < cols)
            sum += weight[i] * in[static_cast<std::size_t>((i / taps * rows + row) * cols + col)];
        }
        sums.push_back(static_cast<float>(sum));
      }
  return sums;
}

std::vector<float> pooled(const TeacherLayer& layer, const std::vector<float>& in, int channels, int rows, int cols) {
  std::vector<float> out;
  for (int channel = 0; channel < channels; ++channel)
    for (int r = 0; r + layer.pool_rows <= rows; r += layer.pool_rows)
      for (int c = 0; c + layer.pool_cols <= cols; c += layer.pool_cols) {
        float most = 0;  // and a ReLU
        for (int i = 0; i < layer.pool_rows * layer.pool_cols; ++i) {
          const int row = r + i / layer.pool_cols, col = c + i % layer.pool_cols;
          most = std::max(most, in[static_cast<std::size_t>((channel * rows + row) * cols + col)]);
        }
        out.push_back(most);
      }
  return out;
}

std::vector<float> drawn(std::size_t count, std::uint64_t seed, double spread) {
  Random random(seed, RandomStream::verify, 0);
  std::vector<float> values(count);
  for (float& v : values) v = static_cast<float>(spread * random.normal());
  return values;
}

TEST(TeacherPlans, ComputeWhatTheirLayersSay) {
  for (const TeacherPlan plan : {TeacherPlan::fragment, TeacherPlan::image}) {
    const TeacherShape shape{9, 48, 2, plan};
    const auto parameters = drawn(teacher_parameters(shape), 1, 0.2);
    std::vector<float> x = drawn(9 * 48, 2, 1);
    for (float& v : x) v = std::abs(v);
    const auto outputs = run_teacher(shape, Device::cpu, parameters, x);
    int channels = 1, rows = 9, cols = 48;
    for (const TeacherLayer& layer : teacher_layers(shape)) {
      x = pooled(layer, x, channels, rows, cols);
      x = layer_sums(layer, parameters, x, rows / layer.pool_rows, cols / layer.pool_cols);
      channels = layer.channels, rows = layer.rows, cols = layer.cols;
    }
    for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(outputs[k], x[k], 1e-4 * (1 + std::abs(x[k]))) << to_string(plan);
  }
}

TEST(TeacherPlans, GradientsAreThoseOfFiniteDifferences) {
  for (const TeacherPlan plan : {TeacherPlan::fragment, TeacherPlan::image}) {
    const TeacherShape shape{9, 48, 2, plan};
    const auto parameters = drawn(teacher_parameters(shape), 1, 0.2);
    const auto images = drawn(3 * 9 * 48, 2, 1), truth = drawn(6, 3, 1);
    const std::vector<float> weight = {1, 2, 1, 0, 3, 1};
    const auto loss = [&](const std::vector<float>& at, std::vector<float>& gradient) {
      gradient.assign(at.size(), 0);
      return add_teacher_gradient(shape, Device::cpu, at, images, truth, weight, 1, gradient);
    };
    std::vector<float> gradient, unused;
    loss(parameters, gradient);
    double slope = 0;
    for (const float g : gradient) slope += static_cast<double>(g) * g;
    const double h = 1e-5 / std::sqrt(slope);
    auto up = parameters, down = parameters;
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      up[i] += static_cast<float>(h * gradient[i]);
      down[i] -= static_cast<float>(h * gradient[i]);
    }
    EXPECT_NEAR((loss(up, unused) - loss(down, unused)) / (2 * h), slope, 0.02 * slope) << to_string(plan);
  }
}

TEST_F(ImageFiles, PoolsGiveDenseImagesOfAnyEventInAnyOrder) {
  const EventBatch batch = toy_events(2 * ImagePools::pool_events + 100);
  ImagePools pools(write(batch));
  const auto last = static_cast<std::uint32_t>(batch.size() - 1);
  for (const std::vector<std::uint32_t>& events : std::vector<std::vector<std::uint32_t>>{
           {0, last, 1}, {ImagePools::pool_events, ImagePools::pool_events - 1}, {5}}) {
    const auto images = pools.images(events);
    ASSERT_EQ(images.size(), events.size() * 576);
    for (std::size_t i = 0; i < events.size(); ++i) {
      std::vector<float> want(576);
      for (std::uint32_t h = batch.hit_begin[events[i]]; h < batch.hit_begin[events[i] + 1]; ++h)
        want[static_cast<std::size_t>(batch.hits[h].cell())] = 1;
      EXPECT_TRUE(std::equal(want.begin(), want.end(), images.begin() + static_cast<std::ptrdiff_t>(i * 576)));
    }
  }
}

TEST_F(ImageFiles, SamplesLeaveOutMuonsThatFewLayersSaw) {
  EventBatch batch = toy_events(100);
  const auto samples = [&] { return make_image_samples(task(write(batch)), quick().train, no_progress).samples; };
  const Samples before = samples();
  EXPECT_EQ(before.train.size() + before.validation.size(), 80u);
  std::uint32_t muon = before.train[0];
  while (batch.muon_begin[muon] == batch.muon_begin[muon + 1] || muon % 5 > 2) ++muon;
  for (std::uint32_t h = batch.hit_begin[muon]; h < batch.hit_begin[muon + 1]; ++h)
    if (batch.hits[h].cell() >= 2 * 64) batch.hits[h] = Hit(batch.hits[h].cell(), HitOrigin::cavern);
  const Samples after = samples();
  EXPECT_EQ(after.train.size() + 1, before.train.size());
  EXPECT_EQ(std::ranges::find(after.train, muon), after.train.end());
  const Muon& kept = batch.muons[batch.muon_begin[muon]];
  EXPECT_NEAR(after.truth_of(muon)[0], kept.pt_gev / 20, 1e-6);
  EXPECT_NEAR(after.truth_of(muon)[1], kept.eta / 0.64, 1e-6);
}

TEST_F(ImageFiles, LearnsToTheSameBytesForAnyNumberOfThreadsAndAfterAKill) {
  const fs::path events = write(toy_events(2000));
  const TrainedTeacher one = train_image_teacher(quick(), task(events), folder_ / "one", 1, no_progress);
  EXPECT_LT(one.validation_loss,
            0.5 * constant_loss(make_image_samples(task(events), quick().train, no_progress).samples));
  const Progress stop = [left = 25](std::string_view, std::uint64_t, std::uint64_t) mutable {
    if (left-- == 0) throw Interrupted();
  };
  EXPECT_THROW(train_image_teacher(quick(), task(events), folder_ / "two", 2, stop), Interrupted);
  train_image_teacher(quick(), task(events), folder_ / "two", 2, no_progress);
  for (const char* name : {"teacher.json", "history.json"})
    EXPECT_EQ(read_text(folder_ / "one" / name), read_text(folder_ / "two" / name)) << name;
}

TEST_F(ImageFiles, PredictsInPhysicalUnitsForTheEventsThatAreWanted) {
  const fs::path events = write(toy_events(50));
  const TeacherShape shape{9, 64, 2, TeacherPlan::image};
  Teacher teacher{9,
                  64,
                  {1, 0, false},
                  image_targets(small, 20),
                  std::vector<float>(teacher_parameters(shape)),
                  TeacherPlan::image};
  teacher.parameters[teacher.parameters.size() - 2] = 0.25f;
  teacher.parameters[teacher.parameters.size() - 1] = 0.5f;
  const auto physical = predict_images(
      teacher, events, [](std::size_t e) { return e % 7 == 0; }, 2, no_progress);
  ASSERT_EQ(physical.size(), 2 * 8u);
  EXPECT_NEAR(physical[0], 5, 1e-6);
  EXPECT_NEAR(physical[1], 0.32, 1e-6);
  write_teacher(folder_ / "teacher.json", teacher, Json::object());
  EXPECT_EQ(read_teacher(folder_ / "teacher.json").teacher.plan, TeacherPlan::image);
  teacher.cols = 128;
  EXPECT_THROW(predict_images(
                   teacher, events, [](std::size_t) { return true; }, 1, no_progress),
               Error);
  teacher.plan = TeacherPlan::fragment;
  EXPECT_THROW(predict_images(
                   teacher, events, [](std::size_t) { return true; }, 1, no_progress),
               Error);
}

TEST(PredictionsGuide, ScalesToTheFragment) {
  const Dataset data = toy_fragments(4, 1);
  std::vector<double> physical(8, 10.0);
  physical[5] = data.targets[1].to_physical(0.75, data.window_start[2]);
  const PredictionsGuide guide(physical);
  EXPECT_NO_THROW(guide.check_fits(data));
  EXPECT_THROW(guide.check_fits(toy_fragments(5, 1)), Error);
  const std::vector<std::uint32_t> events = {2};
  const auto output = guide.prepare(data, {})(events).output;
  EXPECT_NEAR(output[0], 0.5, 1e-6);
  EXPECT_NEAR(output[1], 0.75, 1e-6);
  EXPECT_NE(guide.fingerprint(), PredictionsGuide(std::vector<double>(8, 9.0)).fingerprint());
}

}  // namespace
}  // namespace lutra
