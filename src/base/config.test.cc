#include "base/config.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

struct ToyLayer {
  std::int64_t channels = 1;
};

struct ToyStudy {
  std::int64_t events = 1000;
  double fraction = 0.1;
  bool noise = true;
  std::string name = "demo";
  std::string mode = "fast";
  std::vector<double> weights = {1, 0.5};
  std::vector<ToyLayer> layers = {{4}, {8}};
  double field_t = 0.9;
};

void describe(Fields& f, ToyStudy& s) {
  f.integer("events", s.events, {1, 1e9}, "how many");
  f.number("fraction", s.fraction, {0, 1}, "share");
  f.flag("noise", s.noise, "with noise");
  f.text("name", s.name, "a name");
  f.choice("mode", s.mode, {"fast", "slow"}, "speed");
  f.numbers("weights", s.weights, {0, 1}, "weights");
  f.group("field", "the magnet", [&] { f.number("strength_t", s.field_t, {0, 4}, "field [T]"); });
  f.list(
      "layer", "a layer", s.layers.size(), [&](std::size_t n) { s.layers.resize(n); },
      [&](std::size_t i) {
        f.integer("channels", s.layers[i].channels, {1, 100}, "channels");
      });
}

ToyStudy read(const std::string& text) {
  ToyStudy study;
  read_toml_text(text, "study.toml", [&](Fields& f) { describe(f, study); });
  return study;
}

std::string message(const std::string& text) {
  try {
    read(text);
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

TEST(Config, DefaultsHoldWhereNothingIsSaid) {
  const ToyStudy study = read("");
  EXPECT_EQ(study.events, 1000);
  EXPECT_EQ(study.layers.size(), 2u);
}

TEST(Config, ReadsEveryType) {
  const ToyStudy study = read(
      "events = 7\nfraction = 1\nnoise = false\nname = \"x\"\nmode = \"slow\"\nweights = [0.25]\n"
      "[field]\nstrength_t = 0.5\n[[layer]]\nchannels = 3\n");
  EXPECT_EQ(study.events, 7);
  EXPECT_EQ(study.fraction, 1);
  EXPECT_FALSE(study.noise);
  EXPECT_EQ(study.mode, "slow");
  EXPECT_EQ(study.weights, std::vector<double>{0.25});
  EXPECT_EQ(study.field_t, 0.5);
  ASSERT_EQ(study.layers.size(), 1u);
  EXPECT_EQ(study.layers[0].channels, 3);
}

TEST(Config, ErrorsNameFileLineAndKey) {
  EXPECT_EQ(message("events = 7\n\n[field]\nstrenght_t = 1\n"),
            "study.toml line 4: unknown key \"field.strenght_t\". Known here: strength_t.");
  EXPECT_EQ(message("\nfraction = -0.5"),
            "study.toml line 2: \"fraction\" = -0.5 is impossible (it must be from 0 to 1).");
  EXPECT_EQ(message("[[layer]]\nchannels = 2\n[[layer]]\nchannels = 0\n"),
            "study.toml line 4: \"layer[1].channels\" = 0 is impossible (it must be from 1 to 100).");
}

TEST(Config, WrongTypesAreErrors) {
  for (const char* text :
       {"events = 1.5", "events = \"7\"", "noise = 1", "name = 3", "mode = \"other\"", "weights = 0.5",
        "weights = [\"a\"]", "field = 3", "layer = 3", "[layer]\nchannels = 1", "events = 2020-01-01", "fraction = nan",
        "fraction = inf", "events = [", "events = 7\nevents = 8"})
    EXPECT_NE(message(text), "no error") << text;
}

TEST(Config, JsonRoundTrips) {
  ToyStudy study = read("events = 7\n[[layer]]\nchannels = 5\n");
  const Json json = config_to_json([&](Fields& f) { describe(f, study); });
  ToyStudy copy;
  config_from_json(json, "test", [&](Fields& f) { describe(f, copy); });
  EXPECT_EQ(config_to_json([&](Fields& f) { describe(f, copy); }), json);
  EXPECT_EQ(copy.layers.size(), 1u);
}

TEST(Config, TemplateReadsBackAsItself) {
  ToyStudy study = read("fraction = 0.375\n[[layer]]\nchannels = 5\n");
  const std::string text = config_template([&](Fields& f) { describe(f, study); });
  ToyStudy copy = read(text);
  EXPECT_EQ(config_to_json([&](Fields& f) { describe(f, copy); }),
            config_to_json([&](Fields& f) { describe(f, study); }));
}

}  // namespace
}  // namespace lutra
