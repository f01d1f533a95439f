#include <fmt/format.h>

#include <algorithm>

#include "base/contract.h"
#include "inspect/draw.h"
#include "inspect/draw_style.h"

namespace lutra {
namespace {

/// Strength + 1 of the strongest hit in each cell of the picture, 0 for none; innermost layer first.
std::vector<std::vector<int>> strongest(const EventBatch& batch, std::size_t event, const ImageShape& shape,
                                        int share) {
  const auto width = static_cast<std::size_t>((shape.strips + share - 1) / share);
  std::vector<std::vector<int>> rows(static_cast<std::size_t>(shape.layers), std::vector<int>(width, 0));
  for (std::uint32_t i = batch.hit_begin[event]; i < batch.hit_begin[event + 1]; ++i) {
    const Hit hit = batch.hits[i];
    const auto layer = static_cast<std::size_t>(hit.cell() / shape.strips);
    int& cell = rows[layer][static_cast<std::size_t>(hit.cell() % shape.strips / share)];
    cell = std::max(cell, strength(hit.origin()) + 1);
  }
  return rows;
}

/// A rule under the columns of the window.
std::string window_line(const DrawOptions& options, int share) {
  const int last = options.window_start + options.window_cols - 1;
  const auto begin = static_cast<std::size_t>(options.window_start / share),
             end = static_cast<std::size_t>(last / share);
  return "window  " + std::string(begin, ' ') + std::string(end - begin + 1, '^') +
         fmt::format(" columns {} to {}\n", options.window_start, last);
}

}  // namespace

int strength(HitOrigin origin) {
  int at = 0;
  while (origin_styles[at].origin != origin) ++at;
  return at;
}

std::string event_title(const EventBatch& batch, std::size_t event) {
  std::string text = fmt::format("event {}:", batch.first + event);
  if (batch.muon_begin[event] == batch.muon_begin[event + 1]) text += " no muon,";
  for (std::uint32_t i = batch.muon_begin[event]; i < batch.muon_begin[event + 1]; ++i) {
    const Muon& m = batch.muons[i];
    text +=
        fmt::format(" muon{} pT {:.1f} GeV, eta {:.3f}, phi {:.2f},", m.charge > 0 ? "+" : "-", m.pt_gev, m.eta, m.phi);
  }
  return text + fmt::format(" {} hits", batch.hit_begin[event + 1] - batch.hit_begin[event]);
}

std::string draw_event_text(const EventBatch& batch, std::size_t event, const ImageShape& shape,
                            const DrawOptions& options) {
  expects(event < batch.size() && options.text_cols > 0, "an event of the batch");
  const int share = (shape.strips + options.text_cols - 1) / options.text_cols;
  const auto rows = strongest(batch, event, shape, share);
  std::string text = event_title(batch, event) + "\n";
  for (std::size_t layer = rows.size(); layer-- > 0;) {
    std::string line = fmt::format("layer{:>2} ", layer);
    for (const int cell : rows[layer]) line += cell == 0 ? ' ' : origin_styles[cell - 1].letter;
    text += line + "\n";
  }
  if (options.window_start >= 0) text += window_line(options, share);
  return text +
         fmt::format("        # muon  s secondary  c cavern  . electronic noise; {} columns per character\n", share);
}

}  // namespace lutra
