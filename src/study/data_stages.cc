#include "fragment/fragment.h"
#include "study/stages.h"

namespace lutra {

Json make_events(const Study& study, EventRange range, const std::filesystem::path& out, const Context& context) {
  simulate_to_file(study.simulation, static_cast<std::uint64_t>(study.seed), range, out, context.threads(),
                   context.progress());
  return {{"events", range.count},
          {"first", range.first},
          {"bytes", std::filesystem::file_size(out)},
          {"file", out.string()}};
}

Json make_fragments(const FragmentConfig& config, const std::filesystem::path& events, const std::filesystem::path& out,
                    const Context& context) {
  const FragmentSummary made = fragment_to_file(events, config, out, context.threads(), context.progress());
  return {{"events", made.events},
          {"rows", made.rows},
          {"cols", made.cols},
          {"bytes", std::filesystem::file_size(out)},
          {"file", out.string()}};
}

}  // namespace lutra
