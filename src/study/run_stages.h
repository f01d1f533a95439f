#pragma once
#include <filesystem>
#include <vector>

#include "study/pipeline.h"
#include "study/study.h"

namespace lutra {

/// A study on its way through `lutra run`.
struct RunRequest {
  Study study;
  std::string text;    // of the study file
  bool quick = false;  // study is quick_study() of the text
};

/// The whole data flow (docs/architecture.md): stages whose files have their places in the run's folder.
std::vector<Stage> run_stages(const RunRequest& request, const Context& context);

}  // namespace lutra
