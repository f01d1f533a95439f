#pragma once
#include <string>
#include <vector>

#include "report/run.h"

namespace lutra {

enum class Seen { yes, no, partly, not_run };

/// A statement of the published study and what the runs say about it.
struct Claim {
  std::string section;  // id of the section that shows it
  std::string statement;
  Seen seen = Seen::not_run;
  std::string evidence;  // one sentence with numbers; which stage to run when it was not
};

std::string to_string(Seen seen);

/// Every claim of the published study that Lutra can test, judged by fixed rules on the artifacts of one run alone
/// (docs/report.md).
std::vector<Claim> judge_claims(const Run& run);

/// Those of them that are about Lutra's own networks, the rate and the constraints.
std::vector<Claim> judge_ours(const Run& run);

}  // namespace lutra
