#include "train/predictions_guide.h"

#include "base/contract.h"
#include "base/error.h"
#include "base/hash.h"
#include "train/samples.h"

namespace lutra {

void PredictionsGuide::check_fits(const Dataset& data) const {
  if (physical_.size() != data.size() * data.targets.size())
    throw Error("the teacher's predictions are for other events", "they are not as many as the data set holds",
                "Give the events file that the data set was made from");
}

Guide::Ask PredictionsGuide::prepare(const Dataset& data, std::span<const std::size_t> wanted) const {
  expects(wanted.empty(), "a guide without layers");
  return [this, &data](std::span<const std::uint32_t> events) {
    const std::size_t targets = data.targets.size();
    GuideAnswer answer;
    for (const std::uint32_t e : events)
      for (std::size_t t = 0; t < targets; ++t)
        answer.output.push_back(scaled_truth(data.targets[t], physical_[e * targets + t], data.window_start[e]));
    return answer;
  };
}

std::string PredictionsGuide::fingerprint() const {
  StreamHash hash;
  hash.add(physical_.data(), physical_.size() * sizeof physical_[0]);
  return hex(hash.digest());
}

}  // namespace lutra
