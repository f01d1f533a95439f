#include "teacher/image_samples.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/hash.h"
#include "event/batch.h"
#include "event/events_file.h"

namespace lutra {
namespace {

constexpr std::size_t batch_events = 1 << 15;

void add_event(Samples& samples, const std::vector<Target>& targets, const Muon* muon, double position_weight) {
  samples.truth.push_back(scaled_truth(targets[0], muon ? muon->pt_gev : 0, 0));
  samples.truth.push_back(muon ? scaled_truth(targets[1], muon->eta, 0) : 0.5f);
  samples.weight.push_back(1);
  samples.weight.push_back(muon ? static_cast<float>(position_weight) : 0);
}

void cap(std::vector<std::uint32_t>& events, int limit, const char* name) {
  if (events.empty())
    throw Error(std::string("the events file has no ") + name + " events", "",
                "Simulate more events or change the split");
  if (limit > 0 && events.size() > static_cast<std::size_t>(limit)) events.resize(static_cast<std::size_t>(limit));
}

}  // namespace

std::vector<Target> image_targets(const ImageShape& shape, double pt_hi_gev) {
  return {{"pt", "GeV", 0, pt_hi_gev, 0},
          {"eta", "", shape.eta_first, shape.eta_first + shape.strips * shape.eta_pitch, 0}};
}

double muon_layers(const EventBatch& events, std::size_t event, const ImageShape& shape) {
  std::set<int> layers;
  for (std::uint32_t h = events.hit_begin[event]; h < events.hit_begin[event + 1]; ++h)
    if (events.hits[h].origin() == HitOrigin::muon) layers.insert(events.hits[h].cell() / shape.strips);
  return static_cast<double>(layers.size()) / shape.layers;
}

ImageSamples make_image_samples(const ImageTask& task, const TrainConfig& config, const Progress& progress) {
  EventReader reader(task.events);
  const std::vector<Target> targets = image_targets(reader.shape(), task.pt_hi_gev);
  ImageSamples made;
  made.samples.targets = targets.size();
  StreamHash hash;
  std::uint32_t at = 0;
  for (EventBatch batch = reader.next(batch_events); batch.size() > 0; batch = reader.next(batch_events)) {
    progress("reading events", at, reader.size());
    hash.add(batch.hits.data(), batch.hits.size() * sizeof batch.hits[0]);
    for (std::size_t e = 0; e < batch.size(); ++e, ++at) {
      const Muon* muon = leading_muon(batch, e);
      add_event(made.samples, targets, muon, config.position_weight);
      const Split split = task.split(batch.first + e);
      if (split == Split::test || (muon && muon_layers(batch, e, reader.shape()) < config.min_containment)) continue;
      (split == Split::train ? made.samples.train : made.samples.validation).push_back(at);
    }
  }
  cap(made.samples.train, config.train_events, "training");
  cap(made.samples.validation, config.validation_events, "validation");
  const Samples& s = made.samples;
  hash.add(s.truth.data(), s.truth.size() * sizeof s.truth[0]);
  hash.add(s.train.data(), s.train.size() * sizeof s.train[0]);
  hash.add(s.validation.data(), s.validation.size() * sizeof s.validation[0]);
  made.fingerprint = hex(hash.digest());
  return made;
}

}  // namespace lutra
