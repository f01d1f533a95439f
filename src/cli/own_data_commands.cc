#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/artifact.h"
#include "base/error.h"
#include "base/lease.h"
#include "cli/commands.h"
#include "event/dataset_file.h"
#include "event/events_file.h"
#include "import/import.h"
#include "inspect/draw.h"
#include "inspect/inspect.h"
#include "validate/validate.h"
#include "validate/validation_plots.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

struct ImportFlags {
  fs::path config, out;
  std::vector<fs::path> files;
};

int import_action(const ImportFlags& flags, const Session& session) {
  ImportConfig config;
  read_toml(flags.config, [&](Fields& f) { describe(f, config); });
  const ImportReport report = import_to_file(config, flags.files, flags.out, session.progress());
  session.report(import_text(report) + "\n" + flags.out.string(), import_to_json(config, report));
  return 0;
}

struct InspectFlags {
  fs::path file, svg;
  std::size_t events = 0;
};

void save_drawing(const fs::path& folder, std::size_t event, const std::string& svg) {
  if (!folder.empty()) write_text_atomically(folder / fmt::format("event{}.svg", event), svg);
}

std::string draw_events(const InspectFlags& flags) {
  EventReader reader(flags.file);
  const EventBatch batch = reader.next(flags.events);
  std::string text;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    text += "\n" + draw_event_text(batch, i, reader.shape());
    save_drawing(flags.svg, i, draw_event_svg(batch, i, reader.shape()));
  }
  return text;
}

std::string draw_inputs(const InspectFlags& flags) {
  const Dataset data = DatasetReader(flags.file).next(flags.events);
  std::string text;
  for (std::size_t i = 0; i < data.size(); ++i) {
    text += "\n" + draw_input_text(data, i);
    save_drawing(flags.svg, i, draw_input_svg(data, i));
  }
  return text;
}

int inspect_action(const InspectFlags& flags, const Session& session) {
  const Json found = inspect(flags.file, session.progress());
  std::string drawings;
  std::optional<Lease> lease;
  if (!flags.svg.empty()) lease.emplace(flags.svg, "lutra inspect " + flags.file.string());
  if (flags.events > 0) {
    const std::string kind = found.value("kind", "");
    if (kind != events_kind.name && kind != dataset_kind.name)
      throw Error("--events draws events, and " + flags.file.string() + " holds none", "it is a " + kind + " file", "");
    drawings = kind == events_kind.name ? draw_events(flags) : draw_inputs(flags);
  }
  session.report(inspect_text(found) + drawings, found);
  return found.value("checksum", "ok") == "ok" ? 0 : 1;
}

struct MergeFlags {
  std::vector<fs::path> shards;
  fs::path out;
};

int merge_action(const MergeFlags& flags, const Session& session) {
  merge_events(flags.shards, flags.out);
  session.report(fmt::format("{} shards joined in {}", flags.shards.size(), flags.out.string()),
                 {{"shards", flags.shards.size()}, {"file", flags.out.string()}, {"bytes", fs::file_size(flags.out)}});
  return 0;
}

struct ValidateFlags {
  fs::path events, plots;
  std::optional<std::uint64_t> limit;
};

Observations observe(const ValidateFlags& flags, const Session& session) {
  constexpr std::size_t block_events = 1 << 16;
  EventReader reader(flags.events);
  const std::uint64_t count = std::min(reader.size(), flags.limit.value_or(reader.size()));
  Observations observed(reader.shape());
  const Progress progress = session.progress();
  while (observed.events < count) {
    progress("validate", observed.events, count);
    observed.add(reader.next(static_cast<std::size_t>(std::min<std::uint64_t>(block_events, count - observed.events))),
                 session.threads);
  }
  progress("validate", count, count);
  return observed;
}

int validate_action(const ValidateFlags& flags, const Session& session) {
  std::optional<Lease> lease;
  if (!flags.plots.empty()) lease.emplace(flags.plots, "lutra validate " + flags.events.string());
  const Observations observed = observe(flags, session);
  const std::vector<Check> checks = validate(observed);
  if (!flags.plots.empty())
    for (const Plot& plot : validation_plots(observed))
      write_text_atomically(flags.plots / (plot.name + ".svg"), plot_svg(plot));
  session.report(checks_to_markdown(checks), checks_to_json(checks));
  const bool all = std::all_of(checks.begin(), checks.end(), [](const Check& c) { return c.agrees(); });
  return all ? 0 : 1;
}

}  // namespace

Command import_command() {
  return {"import", "Turn your own arrays (CSV, npy, npz, idx, HDF5) into a data set",
          "lutra import import.toml mine.csv --out fragments.h5", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<ImportFlags>();
            app.add_option("config", flags->config, "What the arrays mean (TOML, docs/import.md)")->required();
            app.add_option("files", flags->files, "Files with arrays")->required();
            app.add_option("--out", flags->out, "Data set to write (HDF5)")->required();
            return [flags](const Session& session) { return import_action(*flags, session); };
          }};
}

Command inspect_command() {
  return {"inspect", "What is inside a file: shapes, ranges, configuration, provenance; draws events",
          "lutra inspect events.h5 --events 2", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<InspectFlags>();
            app.add_option("file", flags->file, "Any file that Lutra writes or imports")->required();
            app.add_option("--events", flags->events, "Draw the first N events")->check(CLI::Range(0, 1000));
            app.add_option("--svg", flags->svg, "Also write each drawing as eventN.svg into this folder");
            return [flags](const Session& session) { return inspect_action(*flags, session); };
          }};
}

Command merge_command() {
  return {"merge", "Join shards of events into the bytes of the whole file",
          "lutra merge part1.h5 part2.h5 --out events.h5", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<MergeFlags>();
            app.add_option("shards", flags->shards, "Events files made with --shard, in any order")->required();
            app.add_option("--out", flags->out, "Events file to write (HDF5)")->required();
            return [flags](const Session& session) { return merge_action(*flags, session); };
          }};
}

Command validate_command() {
  return {"validate", "Compare simulated events with what was measured; exit status 1 when a number disagrees",
          "lutra validate events.h5 --plots plots", [](CLI::App& app) -> Action {
            auto flags = std::make_shared<ValidateFlags>();
            app.add_option("events", flags->events, "Events file (HDF5)")->required();
            app.add_option("--plots", flags->plots, "Also draw the comparison, as SVG files in this folder");
            app.add_option("--limit", flags->limit, "Use only the first N events")->check(CLI::PositiveNumber);
            return [flags](const Session& session) { return validate_action(*flags, session); };
          }};
}

}  // namespace lutra
