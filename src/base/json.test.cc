#include "base/json.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/target.h"

namespace lutra {
namespace {

const Json sample =
    Json::parse(R"({"i": 3, "big": 9223372036854775808, "r": 1.5, "s": "x", "l": [1, 2], "m": [1, "a"], "b": true})");

TEST(JsonGet, ReadsWhatIsThere) {
  EXPECT_EQ(json_get<int>(sample, "i", "t"), 3);
  EXPECT_EQ(json_get<std::uint64_t>(sample, "big", "t"), 1ull << 63);
  EXPECT_EQ(json_get<double>(sample, "i", "t"), 3.0);
  EXPECT_EQ(json_get<std::vector<int>>(sample, "l", "t"), (std::vector<int>{1, 2}));
  EXPECT_TRUE(json_get<bool>(sample, "b", "t"));
}

TEST(JsonGet, AnythingElseIsAnError) {
  EXPECT_THROW(json_get<int>(sample, "missing", "t"), Error);
  EXPECT_THROW(json_get<int>(sample, "r", "t"), Error);
  EXPECT_THROW(json_get<std::int64_t>(sample, "big", "t"), Error);
  EXPECT_THROW(json_get<std::string>(sample, "i", "t"), Error);
  EXPECT_THROW(json_get<double>(sample, "s", "t"), Error);
  EXPECT_THROW(json_get<std::vector<int>>(sample, "m", "t"), Error);
  EXPECT_THROW(json_get<bool>(sample, "i", "t"), Error);
  EXPECT_THROW(json_get<int>(Json::array(), "i", "t"), Error);
}

TEST(JsonGet, UnknownKeysAreErrors) {
  EXPECT_THROW(json_only_keys(sample, {"i", "r"}, "t"), Error);
  EXPECT_NO_THROW(json_only_keys(sample, {"i", "big", "r", "s", "l", "m", "b"}, "t"));
}

TEST(Targets, ScaleAndJsonRoundTrip) {
  const std::vector<Target> targets = {{"pt", "GeV", 0, 20, 0}, {"eta", "", 0.065, 0.1466, 0.00255}};
  EXPECT_EQ(targets_from_json(targets_to_json(targets), "t"), targets);
  EXPECT_DOUBLE_EQ(targets[1].to_physical(targets[1].to_scaled(0.8, 250), 250), 0.8);
  EXPECT_DOUBLE_EQ(targets[0].to_physical(0.5, 77), 10);
  Json bad = targets_to_json(targets);
  bad[0]["hi"] = 0;
  EXPECT_THROW(targets_from_json(bad, "t"), Error);
}

}  // namespace
}  // namespace lutra
