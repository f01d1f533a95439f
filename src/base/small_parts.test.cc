#include <gtest/gtest.h>

#include <atomic>

#include "base/duration.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/shared_progress.h"
#include "base/target.h"

namespace lutra {
namespace {

TEST(DurationText, MinutesFromSixtySecondsOn) {
  EXPECT_EQ(duration_text(0), "0 s");
  EXPECT_EQ(duration_text(42.4), "42 s");
  EXPECT_EQ(duration_text(59.4), "59 s");
  EXPECT_EQ(duration_text(59.6), "1 min 00 s");  // not 60 s
  EXPECT_EQ(duration_text(119.7), "2 min 00 s");
  EXPECT_EQ(duration_text(303), "5 min 03 s");
  EXPECT_EQ(duration_text(7261), "121 min 01 s");
}

TEST(Error, IsOneSentenceOrTwo) {
  EXPECT_STREQ(Error("it broke", "", "").what(), "it broke.");
  EXPECT_STREQ(Error("it broke", "too old", "").what(), "it broke (too old).");
  EXPECT_STREQ(Error("it broke", "", "Mend it").what(), "it broke. Mend it.");
  EXPECT_STREQ(Error("it broke", "too old", "Mend it.").what(), "it broke (too old). Mend it.");
}

/// Of the specification of XXH3 (64 bits, seed 0): the empty string.
TEST(Hash, IsXxh3InPiecesToo) {
  EXPECT_EQ(hex(hash_bytes("")), "2d06800538d394c2");
  EXPECT_EQ(hex(0x0123456789abcdef), "0123456789abcdef");
  EXPECT_EQ(hex(15), "000000000000000f");
  const std::string text(1000, 'x');
  StreamHash pieces;
  pieces.add(text.data(), 1);
  pieces.add(text.data() + 1, 0);
  pieces.add(text.data() + 1, 999);
  EXPECT_EQ(pieces.digest(), hash_bytes(text));
  EXPECT_NE(hash_bytes("ab"), hash_bytes("ba"));
}

TEST(Targets, ScaleThereAndBack) {
  const Target eta{"eta", "", 0.1, 0.3, 0.01};
  EXPECT_NEAR(eta.to_physical(0.5, 10), 0.1 + 0.1 + 0.1, 1e-15);
  EXPECT_NEAR(eta.to_scaled(eta.to_physical(0.7, 33), 33), 0.7, 1e-12);
}

TEST(Targets, AreReadBackAndChecked) {
  const std::vector<Target> targets{{"pt", "GeV", 0, 20, 0}, {"eta", "", 0.1, 0.3, 0.01}};
  EXPECT_EQ(targets_from_json(targets_to_json(targets), "f"), targets);
  const auto refuses = [&](auto damage) {
    Json json = targets_to_json(targets);
    damage(json);
    EXPECT_THROW(targets_from_json(json, "f"), Error) << json;
  };
  refuses([](Json& j) { j = 3; });
  refuses([](Json& j) { j[0].erase("unit"); });
  refuses([](Json& j) { j[0]["hi"] = 0; });  // hi is lo
  refuses([](Json& j) { j[1]["colour"] = "red"; });
  refuses([](Json& j) { j[1]["name"] = 3; });
}

TEST(ParallelFor, DoesEverythingOnceAndRethrows) {
  for (const int threads : {1, 2, 100}) {
    std::vector<std::atomic<int>> done(1000);
    parallel_for(done.size(), threads, [&](std::size_t i) { ++done[i]; });
    for (const auto& d : done) EXPECT_EQ(d, 1);
    parallel_for(0, threads, [](std::size_t) { FAIL(); });
    EXPECT_THROW(parallel_for(10, threads,
                              [](std::size_t i) {
                                if (i == 7) throw Error("seven", "", "");
                              }),
                 Error);
  }
  EXPECT_DEATH(parallel_for(1, 0, [](std::size_t) {}), "threads >= 1");
}

TEST(SharedProgress, AddsUp) {
  std::vector<std::uint64_t> seen;
  const Progress progress = [&](std::string_view what, std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(what, "work");
    EXPECT_EQ(total, 10u);
    seen.push_back(done);
  };
  SharedProgress shared(progress, "work", 10);
  for (const std::uint64_t n : {3, 0, 7}) shared.add(n);
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{3, 3, 10}));
}

}  // namespace
}  // namespace lutra
