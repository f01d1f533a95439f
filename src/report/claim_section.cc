#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/claims.h"
#include "report/sections.h"

namespace lutra {
namespace {

Judgement verdict_of(Seen seen) {
  switch (seen) {
    case Seen::yes:
      return Judgement::good;
    case Seen::no:
      return Judgement::bad;
    case Seen::partly:
      return Judgement::between;
    case Seen::not_run:
      return Judgement::none;
  }
  return Judgement::none;
}

/// "Of 9 claims 4 are seen, ..."
std::string counts(const std::vector<Claim>& claims) {
  std::string text;
  for (const Seen seen : {Seen::yes, Seen::partly, Seen::no, Seen::not_run})
    if (const auto n = std::ranges::count(claims, seen, &Claim::seen); n > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, to_string(seen));
  return fmt::format("Of {} claims: {}.", claims.size(), text);
}

/// `run`: begins it, may be empty.
Finding finding(const Claim& claim, const std::string& run) {
  std::string strong = to_string(claim.seen);
  strong[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(strong[0])));
  return {run + strong + ":", claim.statement + " " + claim.evidence, verdict_of(claim.seen)};
}

}  // namespace

Section claim_section(const std::vector<Run>& runs) {
  Section section{"claims", "The published study's claims", {}};
  if (!is_study(runs)) return section;
  Table table{"claims-table",
              "What the published study says, what Lutra adds, and what this run says: judged by fixed rules on its "
              "numbers (docs/report.md).",
              {{"claim", ""}, {"here", ""}, {"evidence", ""}},
              {}};
  const std::vector<Claim> claims = judge_claims(runs.front());
  section.blocks.emplace_back(Paragraph{counts(claims)});
  for (const Claim& claim : claims)
    table.rows.push_back({text_cell(claim.statement), text_cell(to_string(claim.seen)), text_cell(claim.evidence)});
  section.blocks.push_back(std::move(table));
  return section;
}

bool is_study(const std::vector<Run>& runs) {
  return std::any_of(runs.begin(), runs.end(), [](const Run& run) {
    return run.body("networks.json") != nullptr || run.body("fragmentation.json") != nullptr;
  });
}

void add_findings(const std::vector<Run>& runs, std::vector<Section>& sections) {
  if (!is_study(runs)) return;
  std::vector<std::vector<Claim>> claims;
  for (const Run& run : runs) claims.push_back(judge_claims(run));
  for (Section& section : sections) {
    std::vector<Block> findings;
    for (std::size_t i = 0; i < runs.size(); ++i)
      for (const Claim& claim : claims[i])
        if (claim.section == section.id) findings.emplace_back(finding(claim, in_run(runs, runs[i], "")));
    section.blocks.insert(section.blocks.begin(), findings.begin(), findings.end());
  }
}

}  // namespace lutra
