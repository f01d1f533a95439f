#include "cli/stages.h"
#include "fragment/fragment.h"

namespace lutra {

Json make_events(const Study& study, EventRange range, const std::filesystem::path& out, const Session& session) {
  simulate_to_file(study.simulation, static_cast<std::uint64_t>(study.seed), range, out, session.threads,
                   session.progress());
  return {{"events", range.count},
          {"first", range.first},
          {"bytes", std::filesystem::file_size(out)},
          {"file", out.string()}};
}

Json make_fragments(const FragmentConfig& config, const std::filesystem::path& events, const std::filesystem::path& out,
                    const Session& session) {
  const FragmentSummary made = fragment_to_file(events, config, out, session.threads, session.progress());
  return {{"events", made.events},
          {"rows", made.rows},
          {"cols", made.cols},
          {"bytes", std::filesystem::file_size(out)},
          {"file", out.string()}};
}

}  // namespace lutra
