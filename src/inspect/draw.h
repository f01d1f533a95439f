#pragma once
#include <cstddef>
#include <string>

#include "event/dataset.h"
#include "event/event.h"

namespace lutra {

/// How an event is drawn.
struct DrawOptions {
  int window_start = -1;  // first column of the fragment's window; -1: not known
  int window_cols = 32;
  int text_cols = 128;  // characters per layer; several columns share one
};

/// An event as text, the outermost layer on top: # muon, s secondary, c cavern, . electronic noise (the strongest of
/// the columns that share a character), the window underneath, and the truth.
std::string draw_event_text(const EventBatch& batch, std::size_t event, const ImageShape& shape,
                            const DrawOptions& options = {});

/// The same as a stand-alone SVG image, one rectangle per hit, coloured by origin.
std::string draw_event_svg(const EventBatch& batch, std::size_t event, const ImageShape& shape,
                           const DrawOptions& options = {});

/// The inputs of a data set's event: images as shades from 0 (or the smallest value, when negative) to the largest
/// value of the event, row 0 (in fragments the innermost layer) on top; a single row as numbers in the text; with the
/// truth.
std::string draw_input_text(const Dataset& data, std::size_t event);
std::string draw_input_svg(const Dataset& data, std::size_t event);

}  // namespace lutra
