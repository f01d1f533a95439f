#include <gtest/gtest.h>

#include "base/peak_memory.test.h"
#include "base/temporary.h"
#include "event/dataset_file.h"
#include "event/events_file.h"
#include "fragment/fragment.h"

namespace lutra {
namespace {

/// Writes events of 20 hits, cuts them, and reads the fragments.
void pass_through(const TemporaryFolder& folder, std::uint64_t blocks) {
  constexpr std::size_t block_events = 20'000;
  write_events(folder / "e.h5", ImageShape{}, 0, {}, [&](EventWriter& writer) {
    for (std::uint64_t b = 0; b < blocks; ++b) {
      EventBatch batch;
      batch.first = b * block_events;
      for (std::size_t i = 0; i < block_events; ++i) {
        for (std::size_t k = 0; k < 20; ++k)
          batch.hits.emplace_back(static_cast<int>(170 * k + i % 170), HitOrigin::cavern);
        batch.hit_begin.push_back(static_cast<std::uint32_t>(batch.hits.size()));
        batch.muon_begin.push_back(0);
      }
      writer.append(batch);
    }
  });
  fragment_to_file(folder / "e.h5", {}, folder / "f.h5", 1, no_progress);
  DatasetReader reader(folder / "f.h5");
  while (reader.next(block_events).size() > 0) {
  }
}

/// Held in memory, 600,000 more fragments would take 190 MB. HDF5 and the allocator may keep some.
TEST(Memory, DoesNotGrowWithTheNumberOfEvents) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the address sanitizer keeps freed memory";
#endif
  const TemporaryFolder folder;
  const double few = peak_mb([&] { pass_through(folder, 10); });
  const double many = peak_mb([&] { pass_through(folder, 40); });
  if (few == 0) GTEST_SKIP() << "needs /proc";
  EXPECT_LT(many - few, 50);
}

}  // namespace
}  // namespace lutra
