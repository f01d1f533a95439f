#pragma once
#include <string>

#include "event/event.h"

namespace lutra {

/// How hits of one origin look.
struct OriginStyle {
  HitOrigin origin;
  char letter;
  const char* name;
  const char* colour;
};

/// From the weakest to the strongest origin. Colours are from Okabe and Ito's palette, safe for colour-blind eyes.
inline constexpr OriginStyle origin_styles[] = {
    {HitOrigin::electronic, '.', "electronic noise", "#999999"},
    {HitOrigin::cavern, 'c', "cavern", "#0072b2"},
    {HitOrigin::secondary, 's', "secondary", "#e69f00"},
    {HitOrigin::muon, '#', "muon", "#d55e00"},
};
inline constexpr int origin_count = 4;

/// Position of an origin in origin_styles.
int strength(HitOrigin origin);

/// "event 7: muon+ pT 12.3 GeV, eta 0.512, phi 0.10, 31 hits"
std::string event_title(const EventBatch& batch, std::size_t event);

}  // namespace lutra
