#include "report/algorithms.h"

#include <fmt/format.h>

#include "base/error.h"
#include "report/fields.h"
#include "report/html.h"

namespace lutra {

std::string in_run(const std::vector<Run>& runs, const Run& run, const std::string& text) {
  return runs.size() == 1 ? text : run.name + ": " + text;
}

std::string counts_text(const std::vector<Algorithm>& list) {
  const std::string all = " of muons inside the acceptance";
  if (list.empty() || list.front().run != list.back().run) return all;
  const Algorithm& a = list.front();
  const auto muons = maybe_number(*a.metrics, "muons", a.where), events = maybe_number(*a.metrics, "events", a.where);
  const std::string text = muons ? fmt::format(" of {} muons inside the acceptance", number_text(*muons)) : all;
  return events ? text + fmt::format(" ({} test events)", number_text(*events)) : text;
}

std::vector<Algorithm> algorithms(const std::vector<Run>& runs) {
  std::vector<Algorithm> list;
  for (const Run& run : runs)
    for (const char* file : {"metrics.json", "references.json"}) {
      const Json* body = run.body(file);
      if (body == nullptr) continue;
      for (const auto& [key, metrics] : body->items()) {
        const std::string where = run.name + "/" + file + ": \"" + key + "\"";
        if (!metrics.is_object())
          throw Error(where + " must be an object", std::string("it is ") + metrics.type_name(), "");
        const std::string label =
            metrics.contains("label") ? json_get<std::string>(metrics, "label", where) : label_of(key);
        list.push_back({in_run(runs, run, label), key, file, where, &run, &metrics});
      }
    }
  return list;
}

}  // namespace lutra
