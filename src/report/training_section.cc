#include "report/algorithms.h"
#include "report/fields.h"
#include "report/plot.h"
#include "report/sections.h"

namespace lutra {
namespace {

struct Trained {
  const char* path;
  const char* name;
  const char* id;
};

constexpr Trained networks[] = {{"teacher/history.json", "Teacher", "teacher"},
                                {"student/history.json", "Student", "student"}};

/// Appends one row when the record has the number.
void add_row(Json& rows, const std::string& series, const Json& record, std::size_t epoch,
             const std::optional<double>& value) {
  // The axis is logarithmic: a loss or gradient of exactly zero has no place on it.
  if (!value || *value <= 0) return;
  std::string stage = json_get<std::string>(record, "stage", series);
  if (const int attempt = json_get<int>(record, "attempt", series); attempt > 0)
    stage += " (restart " + std::to_string(attempt) + ")";
  rows.push_back({{"series", series}, {"stage", stage}, {"epoch", epoch + 1}, {"value", *value}});
}

Json loss_rows(const Json& epochs, const std::string& where) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    add_row(rows, "training loss", epochs[i], i, maybe_number(epochs[i], "train_loss", where));
    add_row(rows, "validation error", epochs[i], i, maybe_number(epochs[i], "validation_loss", where));
  }
  return rows;
}

/// One series per term of the loss, `key` being "terms" or "gradient_norms".
Json term_rows(const Json& history, const Json& epochs, const char* key, const std::string& where) {
  Json rows = Json::array();
  if (!history.contains("terms")) return rows;
  const auto names = json_get<std::vector<std::string>>(history, "terms", where);
  if (names.size() < 2) return rows;  // a single term is the training loss itself
  for (std::size_t term = 0; term < names.size(); ++term)
    for (std::size_t i = 0; i < epochs.size(); ++i) {
      const auto values = maybe_numbers(epochs[i], key, where);
      if (term < values.size()) add_row(rows, names[term], epochs[i], i, values[term]);
    }
  return rows;
}

void add_figure(Section& section, Json rows, const std::string& id, const char* axis, const std::string& caption) {
  if (rows.empty()) return;
  Json spec = plot("history", std::move(rows));
  spec["encoding"]["y"]["title"] = axis;
  section.blocks.push_back(Figure{id, caption, std::move(spec)});
}

void add_network(Section& section, const std::vector<Run>& runs, std::size_t run, const Trained& network) {
  const Json* history = runs[run].body(network.path);
  if (history == nullptr) {
    section.blocks.push_back(missing(network.path));
    return;
  }
  const std::string where = runs[run].name + "/" + network.path;
  const Json& epochs = list_at(*history, "epochs", where);
  const std::string name = in_run(runs, runs[run], network.name);
  const std::string id = "run" + std::to_string(run) + "-" + network.id;
  add_figure(section, loss_rows(epochs, where), id + "-loss", "loss",
             name +
                 ": training loss (sum of its weighted terms) and validation error (mean squared error of the scaled "
                 "targets), per epoch. Lines break where a new stage of the training begins.");
  add_figure(section, term_rows(*history, epochs, "terms", where), id + "-terms", "mean of the term",
             name + ": the terms of the training loss, before their weights.");
  add_figure(section, term_rows(*history, epochs, "gradient_norms", where), id + "-gradients", "gradient norm",
             name +
                 ": size of the gradient that each weighted term sends into the network. A term without gradient "
                 "teaches nothing.");
}

}  // namespace

Section training_section(const std::vector<Run>& runs) {
  Section section{"training", "Training", {}};
  for (std::size_t run = 0; run < runs.size(); ++run)
    for (const Trained& network : networks) add_network(section, runs, run, network);
  return section;
}

}  // namespace lutra
