#include "student/learn_precision.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/artifacts.h"
#include "base/error.h"
#include "student/learned_quantizer.h"
#include "student/student_run.h"
#include "student/working_point.h"
#include "train/checkpoint.h"
#include "train/float_json.h"

namespace lutra {
namespace {

constexpr ArtifactKind candidate_kind = artifact_kind("candidate");

/// A state that training passed through under pressure.
struct Candidate {
  double cost = 0;  // in units of config.learn.cost
  double loss = 0;
  std::vector<float> parameters;
};

std::filesystem::path candidate_path(const StudentRun& run, int epoch) {
  return run.out_dir / "candidates" / ("epoch-" + std::to_string(epoch) + ".json");
}

void write_candidate(const std::filesystem::path& path, const Candidate& c) {
  const Json body = {{"cost", c.cost}, {"loss", c.loss}, {"parameters", floats_to_json(c.parameters)}};
  write_json_artifact(path, candidate_kind, Json::object(), body);
}

Candidate read_candidate(const std::filesystem::path& path) {
  const Json body = read_json_artifact(path, candidate_kind).body;
  const std::string where = path.string();
  return {json_get<double>(body, "cost", where), json_get<double>(body, "loss", where),
          floats_from_json(body, "parameters", where)};
}

constexpr const char* pressed = "pressed";  // name of the stage

/// Learns under growing pressure; every epoch leaves a candidate on disk, so that a resumed run has them all.
std::string press(const StudentRun& run, const LearnedQuantizer& quantizer, int attempt, History& history) {
  TrainResult warm = warm_up(run, attempt);
  history.epochs.insert(history.epochs.end(), warm.history.epochs.begin(), warm.history.epochs.end());
  if (!warm.death.empty()) return warm.death;
  quantizer.start_bits(warm.last);
  StudentStage stage{pressed, attempt, run.config.train, std::move(warm.last)};
  stage.rate_scale = quantizer.learning_rates(run.config.learn.bit_rate, run.guidance.parameters);
  stage.train.final_share = run.config.learn.final_share;
  stage.pressure = {run.config.learn.first_pressure, run.config.learn.last_pressure};
  stage.on_epoch = [&](const EpochRecord& record, const std::vector<float>& parameters) {
    write_candidate(candidate_path(run, record.epoch),
                    {quantizer.cost(parameters, 0, {}), record.validation_loss, parameters});
  };
  const TrainResult result = run_stage(run, quantizer, std::move(stage));
  history.terms = result.history.terms;
  history.epochs.insert(history.epochs.end(), result.history.epochs.begin(), result.history.epochs.end());
  // Under the highest pressure every network dies in the end; what it was before is what counts.
  return result.history.epochs.size() > 1 ? "" : result.death;
}

/// The state after every epoch under pressure. Some may be on disk from before: when one cannot be read, they are made
/// anew, once.
std::vector<Candidate> pressed_candidates(const StudentRun& run, const LearnedQuantizer& quantizer, History& history) {
  for (bool again = false;; again = true) {
    history = {};
    const int attempt =
        until_alive(run.config.restarts, [&](int number) { return press(run, quantizer, number, history); });
    const int epochs = history.epochs.back().epoch + 1;
    try {
      std::vector<Candidate> all;
      for (int epoch = 0; epoch < epochs; ++epoch) all.push_back(read_candidate(candidate_path(run, epoch)));
      return all;
    } catch (const Error& e) {
      if (again) throw;
      set_aside(checkpoint_path(run, pressed, attempt), e.what(), run.progress);
    }
  }
}

/// Candidates to polish: for each of `points` costs, evenly spaced in the logarithm, the best one no dearer than that.
std::vector<Candidate> choose_candidates(std::vector<Candidate> all, const LearnConfig& config, double constant) {
  std::erase_if(all, [&](const Candidate& c) { return c.cost <= 0 || c.loss >= constant; });
  if (all.empty())
    throw Error("no candidate under pressure is better than a constant", "", "Lower learn.last_pressure");
  const double least = std::ranges::min(all, {}, [](const Candidate& c) { return c.cost; }).cost;
  std::erase_if(all, [&](const Candidate& c) { return c.cost > std::max(config.dearest_ebops, least); });
  const int points = config.points;
  const auto [cheapest, dearest] = std::ranges::minmax(all, {}, [](const Candidate& c) { return c.cost; });
  std::vector<const Candidate*> chosen;
  for (int p = 0; p < points; ++p) {
    const double share = points > 1 ? static_cast<double>(p) / (points - 1) : 1;
    const double limit = 1.0001 * cheapest.cost * std::pow(dearest.cost / cheapest.cost, share);
    const Candidate* best = nullptr;
    for (const Candidate& c : all)
      if (c.cost <= limit && (!best || c.loss < best->loss)) best = &c;
    if (best && std::ranges::find(chosen, best) == chosen.end()) chosen.push_back(best);
  }
  std::vector<Candidate> result;
  for (const Candidate* c : chosen) result.push_back(*c);
  return result;
}

/// Trains a candidate to the end with its bits fixed.
FrontPoint polish(const StudentRun& run, const LearnedQuantizer& quantizer, int index, const Candidate& candidate,
                  History& history) {
  StudentStage stage{"polish-" + std::to_string(index), 0, run.config.train, candidate.parameters};
  stage.train.epochs = run.config.learn.polish_epochs;
  stage.rate_scale = quantizer.frozen_rates(candidate.parameters);
  TrainResult result = run_stage(run, quantizer, std::move(stage));
  for (EpochRecord& record : result.history.epochs) {
    record.terms.resize(history.terms.size());  // the cost is no term here
    record.gradient_norms.resize(history.terms.size());
    history.epochs.push_back(record);
  }
  if (const WorkingPoint& point = run.config.learn.working_point; point.wanted())
    result.parameters[run.layout.layers.back().bias] += static_cast<float>(
        working_shift(point, run.samples, run.layout, quantizer.effective(result.parameters), quantizer.output_grid()));
  return {quantizer.export_network(result.parameters), quantizer.cost(result.parameters, 0, {}),
          result.validation_loss};
}

std::size_t choose(const std::vector<FrontPoint>& front, const LearnConfig& config) {
  std::size_t chosen = front.size();
  for (std::size_t k = 0; k < front.size(); ++k)
    if (front[k].cost <= config.max_ebops) chosen = k;  // dearer is better on a front
  if (chosen == front.size())
    throw Error("no network within " + std::to_string(config.max_ebops) + " " + config.cost + " was found",
                "the cheapest has " + std::to_string(front.front().cost),
                "Raise learn.last_pressure or learn.max_ebops");
  return chosen;
}

void write_front(const StudentRun& run, const LearnedStudents& students) {
  const Json config = student_json(run.config);
  Json points = Json::array();
  for (std::size_t k = 0; k < students.front.size(); ++k) {
    const std::string file = "front-" + std::to_string(k) + ".json";
    write_network(run.out_dir / file, students.front[k].network, config);
    points.push_back({{"network", file},
                      {run.config.learn.cost, students.front[k].cost},
                      {"validation_loss", students.front[k].validation_loss}});
  }
  write_json_artifact(run.out_dir / "front.json", front_kind, config,
                      {{"points", points}, {"chosen", students.chosen}});
  write_history(run.out_dir / "history.json", students.history, config);
  write_network(run.out_dir / "network.json", students.front[students.chosen].network, config);
}

}  // namespace

std::vector<std::size_t> pareto_front(const std::vector<double>& cost, const std::vector<double>& loss) {
  std::vector<std::size_t> order(cost.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return cost[a] != cost[b] ? cost[a] < cost[b] : loss[a] < loss[b]; });
  std::vector<std::size_t> front;
  for (const std::size_t k : order)
    if (front.empty() || loss[k] < loss[front.back()]) front.push_back(k);
  return front;
}

LearnedStudents learn_precision(const StudentConfig& config, const Dataset& data, const Guide* guide,
                                const std::filesystem::path& out_dir, int threads, const Progress& progress) {
  const StudentLayout layout = lay_out(config, data);
  const LearnedQuantizer quantizer(layout, config);
  const Samples samples = make_samples(data, config.train, config.task);
  const Guidance guidance = guidance_for(config, layout, samples, quantizer.parameters(), guide, threads, progress);
  const StudentRun run{config,  layout,  samples, guidance, student_fingerprint(config, data, guide),
                       out_dir, threads, progress};
  LearnedStudents students;
  const std::vector<Candidate> candidates =
      choose_candidates(pressed_candidates(run, quantizer, students.history), config.learn, constant_loss(samples));
  std::vector<FrontPoint> points;
  std::vector<double> cost, loss;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    points.push_back(polish(run, quantizer, static_cast<int>(k), candidates[k], students.history));
    cost.push_back(points.back().cost);
    loss.push_back(points.back().validation_loss);
  }
  for (const std::size_t k : pareto_front(cost, loss)) students.front.push_back(points[k]);
  students.chosen = choose(students.front, config.learn);
  write_front(run, students);
  return students;
}

}  // namespace lutra
