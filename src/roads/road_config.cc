#include "roads/road_config.h"

namespace lutra {

void describe(Fields& f, RoadConfig& c) {
  f.text("name", c.name, "of the network");
  f.integers("stations", c.stations, {1, 64}, "rows of each station, from the first row on; 2 or 3 stations");
  f.integer("reach", c.reach, {1, 8}, "a plane fires at a column when one of so many columns, from it on, has a hit");
  f.integer("max_shift", c.max_shift, {0, 64},
            "largest shift of a road between the first and another station [columns]");
  f.integer("candidates", c.candidates, {1, 1024}, "roads to choose from: those most wanted muons lie on");
  f.numbers("thresholds_gev", c.thresholds_gev, {0, 1e6}, "thresholds of the accept decisions, rising [GeV]");
  f.integer("roads", c.roads, {1, 1024}, "roads per threshold, at most");
  f.number("full_share", c.full_share, {1, 10},
           "muons above so many thresholds count fully, from 0 at the threshold on");
  f.number("low_share", c.low_share, {0, 1}, "muons below so many thresholds are low");
  f.number("low_weight", c.low_weight, {0, 1e6}, "wanted muons that one accepted low muon is worth");
  f.number("middle_weight", c.middle_weight, {0, 1e6},
           "wanted muons that an accepted one just above low is worth; falls to 0 at the threshold");
  f.number("empty_weight", c.empty_weight, {0, 1e6}, "wanted muons that one accepted event without muon is worth");
  f.number("least_gain", c.least_gain, {0, 1}, "share of the wanted muons that a table entry must bring");
  f.number("truth_share", c.truth_share, {0, 1}, "share of the truth in what counts; the rest is the teacher's pT");
  f.integer("train_events", c.train_events, {0, 1e9}, "events to learn from; 0: all of the training split");
  f.number("event_share", c.event_share, {0.001, 1}, "random share of these events, another for every seed");
  f.number("min_containment", c.min_containment, {0, 1},
           "muons with a smaller share of their hits in the fragment are left out");
  f.integer("seed", c.seed, {0, 1e9}, "chooses the events when their share is below 1");
}

}  // namespace lutra
