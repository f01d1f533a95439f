#include "event/events_file.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/random.h"
#include "base/temporary.h"
#include "event/batch.h"
#include "event/reseal.test.h"
#include "event/same_events.test.h"

namespace lutra {
namespace {

EventBatch some_events(std::uint64_t first, std::size_t count) {
  EventBatch batch;
  batch.first = first;
  for (std::uint64_t event = first; event < first + count; ++event) {
    Random random(7, RandomStream::noise, event);
    for (int cell = static_cast<int>(random.below(400)); cell < 9 * 384;
         cell += 1 + static_cast<int>(random.below(400)))
      batch.hits.emplace_back(cell, static_cast<HitOrigin>(random.below(4)));
    for (std::uint32_t muon = random.below(3); muon > 0; --muon)
      batch.muons.push_back({static_cast<float>(random.uniform(3, 20)), static_cast<float>(random.uniform(0, 1)),
                             static_cast<float>(random.uniform(-3, 3)),
                             static_cast<std::int8_t>(random.chance(.5) ? 1 : -1)});
    batch.hit_begin.push_back(static_cast<std::uint32_t>(batch.hits.size()));
    batch.muon_begin.push_back(static_cast<std::uint32_t>(batch.muons.size()));
  }
  return batch;
}

/// Writes events [first, first + count) in batches of `step`.
void write(const std::filesystem::path& path, std::uint64_t first, std::size_t count, std::size_t step) {
  write_events(path, ImageShape{}, first, {{"seed", 7}}, [&](EventWriter& writer) {
    while (writer.size() < count)
      writer.append(
          some_events(first + writer.size(), std::min(step, count - static_cast<std::size_t>(writer.size()))));
  });
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

TEST(EventsFile, GivesBackWhatWasWritten) {
  const TemporaryFolder folder;
  write(folder / "e.h5", 100, 5000, 700);
  EventReader reader(folder / "e.h5");
  EXPECT_EQ(reader.size(), 5000u);
  EXPECT_EQ(reader.shape(), ImageShape{});
  EXPECT_EQ(reader.config(), Json({{"seed", 7}}));
  EventBatch all;
  for (EventBatch part = reader.next(999); part.size() > 0; part = reader.next(999))
    append_events(all, part, 0, part.size());
  expect_same(all, some_events(100, 5000));
}

TEST(EventsFile, SkipsToAnEvent) {
  const TemporaryFolder folder;
  write(folder / "e.h5", 0, 2000, 2000);
  EventReader reader(folder / "e.h5");
  reader.skip(1234);
  expect_same(reader.next(3), some_events(1234, 3));
  reader.skip(100000);
  EXPECT_EQ(reader.next(10).size(), 0u);
}

TEST(EventsFile, BytesDoNotDependOnTheBatches) {
  const TemporaryFolder folder;
  write(folder / "a.h5", 0, 70000, 70000);
  write(folder / "b.h5", 0, 70000, 1111);
  EXPECT_EQ(read_text(folder / "a.h5"), read_text(folder / "b.h5"));
}

TEST(EventsFile, MergedShardsAreTheWholeFile) {
  const TemporaryFolder folder;
  write(folder / "whole.h5", 0, 70000, 5000);
  write(folder / "1.h5", 0, 20000, 5000);
  write(folder / "2.h5", 20000, 15000, 5000);
  write(folder / "3.h5", 35000, 35000, 5000);
  merge_events({folder / "3.h5", folder / "1.h5", folder / "2.h5"}, folder / "merged.h5");
  EXPECT_EQ(read_text(folder / "whole.h5"), read_text(folder / "merged.h5"));
  EXPECT_NE(message_of([&] {
              merge_events({folder / "1.h5", folder / "3.h5"}, folder / "gap.h5");
            }).find("does not follow"),
            std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / "gap.h5"));
}

TEST(EventsFile, EmptyFilesAreFine) {
  const TemporaryFolder folder;
  write(folder / "e.h5", 0, 0, 1);
  EventReader reader(folder / "e.h5");
  EXPECT_EQ(reader.size(), 0u);
  EXPECT_EQ(reader.next(10).size(), 0u);
}

TEST(EventsFile, FlippedBytesAreFound) {
  const TemporaryFolder folder;
  write(folder / "e.h5", 0, 50, 50);
  const std::string good = read_text(folder / "e.h5");
  for (std::size_t at = h5::user_block; at < good.size(); at += 1 + good.size() / 200) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    write_text_atomically(folder / "bad.h5", bad);
    EXPECT_NE(message_of([&] { EventReader{folder / "bad.h5"}; }).find("damaged"), std::string::npos) << at;
  }
}

TEST(EventsFile, BadFilesAreErrorsThatSayWhy) {
  const TemporaryFolder folder;
  write(folder / "e.h5", 0, 50, 50);
  const std::string good = read_text(folder / "e.h5");
  const auto message = [&](const std::string& bytes) {
    write_text_atomically(folder / "bad.h5", bytes);
    return message_of([&] { EventReader{folder / "bad.h5"}; });
  };
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_NE(message_of([&] { EventReader{folder / "none.h5"}; }).find("does not exist"), std::string::npos);
  EXPECT_NE(message("").find("not a Lutra"), std::string::npos);
  EXPECT_NE(message("{\"lutra\": {}}").find("not a Lutra"), std::string::npos);
  EXPECT_NE(message(good.substr(0, good.size() / 2)).find("truncated"), std::string::npos);
  EXPECT_NE(message(good.substr(0, 300)).find("truncated"), std::string::npos);
  EXPECT_NE(message(replaced("LUTRA events 1", "LUTRA events 9")).find("version 9"), std::string::npos);
  EXPECT_NE(message(replaced("LUTRA events 1", "LUTRA dancer 1")).find("is a dancer file"), std::string::npos);
  EXPECT_NE(message(replaced("xxh3=", "xxh4=")).find("not a Lutra"), std::string::npos);
}

TEST(EventsFile, NonsenseBehindAValidSealIsAnErrorToo) {
  const TemporaryFolder folder;
  write_text_atomically(folder / "e.h5", std::string(4096, 'x'));
  reseal(folder / "e.h5", events_kind);
  EXPECT_NE(message_of([&] { EventReader{folder / "e.h5"}; }).find("HDF5"), std::string::npos);
  {
    const h5::Handle file = h5::create(folder / "h.h5");
    h5::write_text(file, "header", "[1, 2");
  }
  reseal(folder / "h.h5", events_kind);
  EXPECT_NE(message_of([&] { EventReader{folder / "h.h5"}; }).find("not valid JSON"), std::string::npos);
}

/// Array `name` of a good file of 6 events replaced by `values` of a shape; the message of reading it.
template <class T>
std::string error_with(const char* name, const std::vector<hsize_t>& shape, T value) {
  const TemporaryFolder folder;
  write(folder / "good.h5", 0, 6, 6);
  {
    const h5::Handle good = h5::open(folder / "good.h5"), bad = h5::create(folder / "bad.h5");
    for (const std::string other :
         {"header", "hit_count", "hits", "muon_count", "muon_pt", "muon_eta", "muon_phi", "muon_charge"})
      if (other != name) H5Ocopy(good.get(), other.c_str(), bad.get(), other.c_str(), H5P_DEFAULT, H5P_DEFAULT);
    std::size_t size = 1;
    for (const hsize_t side : shape) size *= side;
    h5::write_array<T>(bad, name, shape, std::vector<T>(size, value));
  }
  reseal(folder / "bad.h5", events_kind);
  return message_of([&] { EventReader(folder / "bad.h5").next(6); });
}

TEST(EventsFile, ResealedArraysOfAnotherShapeAreErrors) {
  for (const std::vector<hsize_t>& shape : std::vector<std::vector<hsize_t>>{{2, 3}, {6, 1}, {1, 6}, {5}, {7}, {}}) {
    EXPECT_NE(error_with<std::uint16_t>("hit_count", shape, 0).find("wrong shape"), std::string::npos);
    EXPECT_NE(error_with<std::uint8_t>("muon_count", shape, 0).find("wrong shape"), std::string::npos);
  }
  EXPECT_NE(error_with<std::uint16_t>("hits", {10, 2}, 0).find("wrong shape"), std::string::npos);
  for (const char* name : {"muon_eta", "muon_phi"})
    EXPECT_NE(error_with<float>(name, {200}, 1).find("wrong shape"), std::string::npos);
  EXPECT_NE(error_with<float>("muon_pt", {200, 1}, 1).find("wrong shape"), std::string::npos);
}

/// Offsets that overflow 32 bits would lead outside of the hits.
TEST(EventsFile, ResealedCountsOfMoreHitsThanThereAreAreErrors) {
  EXPECT_NE(error_with<std::uint16_t>("hit_count", {6}, 65535).find("shorter than"), std::string::npos);
  EXPECT_NE(error_with<std::uint8_t>("muon_count", {6}, 255).find("shorter than"), std::string::npos);
  EXPECT_NE(error_with<std::uint16_t>("hits", {0}, 0).find("shorter than"), std::string::npos);
}

TEST(EventsFile, AFailedWriteLeavesNothing) {
  const TemporaryFolder folder;
  const auto fail = [](EventWriter& writer) {
    writer.append(some_events(0, 10));
    writer.append(some_events(0, 10));
  };
  EXPECT_THROW(write_events(folder / "e.h5", ImageShape{}, 0, {}, fail), Error);
  EXPECT_TRUE(std::filesystem::is_empty(folder / "."));
}

TEST(Batch, ImpossibleEventsAreFound) {
  const auto problem = [](EventBatch batch) { return message_of([&] { check_events(batch, ImageShape{}, "file"); }); };
  EventBatch batch = some_events(5, 3);
  EXPECT_EQ(problem(batch), "");
  EventBatch outside = batch;
  outside.hits.back() = Hit(9 * 384, HitOrigin::muon);
  EXPECT_NE(problem(outside).find("event 7"), std::string::npos);
  EventBatch twice = batch;
  twice.hits[1] = twice.hits[0];
  EXPECT_NE(problem(twice).find("not sorted"), std::string::npos);
  EventBatch neutral = some_events(0, 50);
  neutral.muons[0].charge = 0;
  EXPECT_NE(problem(neutral).find("charge"), std::string::npos);
}

}  // namespace
}  // namespace lutra
