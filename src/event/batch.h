#pragma once
#include <string>

#include "event/event.h"

namespace lutra {

/// Appends events [begin, end) of `from` to `to`. An empty `to` takes over their index.
void append_events(EventBatch& to, const EventBatch& from, std::size_t begin, std::size_t end);

/// The muon of highest pT, of equals the first; nullptr without one.
const Muon* leading_muon(const EventBatch& batch, std::size_t event);

/// Error naming `where` and the event unless hits are sorted, unique and inside the image and muons are physical
/// (finite, positive pT, charge -1 or +1).
void check_events(const EventBatch& batch, const ImageShape& shape, const std::string& where);

}  // namespace lutra
