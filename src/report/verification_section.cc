#include <fmt/format.h>

#include "report/algorithms.h"
#include "report/cells.h"
#include "report/edited.h"
#include "report/fields.h"
#include "report/html.h"
#include "report/sections.h"

namespace lutra {
namespace {

std::string sentence(const Json& verify, const std::string& where) {
  const auto events = json_get<std::int64_t>(verify, "events", where);
  const auto mismatches = json_get<std::int64_t>(verify, "mismatches", where);
  const std::string count = number_text(static_cast<double>(events));
  if (mismatches == 0)
    return fmt::format("The simulated firmware gave the reference evaluator's integers in all {} events.", count);
  return fmt::format(
      "The simulated firmware differs from the reference evaluator in {} of {} events: it must not be used.",
      number_text(static_cast<double>(mismatches)), count);
}

/// Nothing when no proof was tried.
std::string proof_sentence(const Json& verify, const std::string& where) {
  if (!verify.contains("proof")) return "";
  const Json& proof = object_at(verify, "proof", where);
  if (json_get<std::string>(proof, "verdict", where) == "proved")
    return " The program behind it was proved to compute the network for every input.";
  return fmt::format(" Whether the program behind it computes the network for every input was not proved: {}.",
                     json_get<std::string>(proof, "difference", where));
}

/// Every number and text of verify.json, whatever else the verifier chose to record.
Table facts(const Json& verify, const std::string& id, const std::string& caption) {
  Table table{id, caption, {{"quantity", ""}, {"value", ""}}, {}};
  for (const auto& [key, value] : verify.items()) {
    if (value.is_number())
      table.rows.push_back({text_cell(label_of(key)), number_cell(value.get<double>(), 6)});
    else if (value.is_string())
      table.rows.push_back({text_cell(label_of(key)), text_cell(value.get<std::string>())});
  }
  return table;
}

}  // namespace

Section verification_section(const std::vector<Run>& runs) {
  Section section{"verification", "Verification", {}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Json* verify = runs[i].body("verify.json");
    if (verify == nullptr) {
      section.blocks.push_back(missing("verify.json"));
      continue;
    }
    const std::string where = runs[i].name + "/verify.json";
    section.blocks.push_back(Paragraph{in_run(
        runs, runs[i], sentence(*verify, where) + proof_sentence(*verify, where) + edited_sentence(*verify, where))});
    section.blocks.push_back(facts(*verify, fmt::format("verify-{}", i),
                                   in_run(runs, runs[i], "RTL simulation against the reference evaluator.")));
  }
  return section;
}

}  // namespace lutra
