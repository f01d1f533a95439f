#include "report/report.h"

#include "base/json.h"
#include "fuzz/fuzz.h"

namespace {

/// A JSON object of bodies by the path of their file in the run folder; the page is made of it, alone and beside
/// itself.
void parse(std::string_view text) {
  const lutra::Json bodies = lutra::parse_json(text, "run");
  if (!bodies.is_object()) return;
  lutra::Run run;
  run.name = "run";
  for (const lutra::ArtifactFile& file : lutra::run_files())
    if (bodies.contains(file.path) && bodies[file.path].is_object())
      run.files[file.path] = {file.kind.version, "code", lutra::Json::object(), bodies[file.path]};
  if (!run.body("metrics.json")) return;
  lutra::render(lutra::build_report({run}));
  lutra::render(lutra::build_report({run, run}));
}

}  // namespace

LUTRA_FUZZ(parse)
