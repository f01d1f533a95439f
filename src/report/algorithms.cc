#include "report/algorithms.h"

#include "base/error.h"

namespace lutra {

std::string in_run(const std::vector<Run>& runs, const Run& run, const std::string& text) {
  return runs.size() == 1 ? text : run.name + ": " + text;
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
        list.push_back({in_run(runs, run, label), key, where, &run, &metrics});
      }
    }
  return list;
}

}  // namespace lutra
