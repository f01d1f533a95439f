#include <algorithm>

#include "report/cells.h"
#include "report/claims.h"
#include "report/sections.h"

namespace lutra {

Section claim_section(const std::vector<Run>& runs) {
  Section section{"claims", "The published study's claims", {}};
  const bool study = std::any_of(runs.begin(), runs.end(), [](const Run& run) {
    return run.body("networks.json") != nullptr || run.body("fragmentation.json") != nullptr;
  });
  if (!study) return section;
  Table table{
      "claims-table",
      "What the published study says and what these runs say, judged by fixed rules on the numbers of this report.",
      {{"claim", ""}, {"here", ""}, {"evidence", ""}},
      {}};
  for (const Claim& claim : judge_claims(runs))
    table.rows.push_back({text_cell(claim.statement), text_cell(to_string(claim.seen)), text_cell(claim.evidence)});
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace lutra
