#include "train/share.h"

#include <gtest/gtest.h>

#include <array>
#include <barrier>
#include <thread>

namespace lutra {
namespace {

/// Processes that are threads of this one and meet in memory.
class Meeting {
 public:
  explicit Meeting(int size) : parts_(static_cast<std::size_t>(size)), barrier_(size) {}

  class Member : public Workers {
   public:
    Member(Meeting& meeting, int rank) : meeting_(meeting), rank_(rank) {}
    int rank() const override { return rank_; }
    int size() const override { return static_cast<int>(meeting_.parts_.size()); }
    std::vector<std::vector<std::byte>> gather(std::span<const std::byte> part) override {
      meeting_.parts_[static_cast<std::size_t>(rank_)].assign(part.begin(), part.end());
      meeting_.barrier_.arrive_and_wait();
      auto all = meeting_.parts_;
      meeting_.barrier_.arrive_and_wait();
      return all;
    }

   private:
    Meeting& meeting_;
    int rank_;
  };

 private:
  std::vector<std::vector<std::byte>> parts_;
  std::barrier<> barrier_;
};

PartResult part(std::size_t i) {
  return {{static_cast<float>(i), 0.1f * static_cast<float>(i)}, {1.0 / static_cast<double>(i + 1)}};
}

TEST(Share, EveryProcessGetsEveryPartInOrderWhoeverDidIt) {
  for (const int processes : {1, 2, 3, 5})
    for (const std::size_t parts : {1u, 4u, 7u}) {
      Meeting meeting(processes);
      std::vector<std::vector<PartResult>> results(static_cast<std::size_t>(processes));
      std::vector<int> done(parts);
      std::vector<std::jthread> members;
      for (int rank = 0; rank < processes; ++rank)
        members.emplace_back([&, rank] {
          Meeting::Member member(meeting, rank);
          results[static_cast<std::size_t>(rank)] = share(parts, 2, 1, {1, &member}, [&](std::size_t i) {
            ++done[i];
            return part(i);
          });
        });
      members.clear();  // joins
      EXPECT_EQ(done, std::vector<int>(parts, 1)) << "each part is done once";
      for (const auto& all : results) {
        ASSERT_EQ(all.size(), parts);
        for (std::size_t i = 0; i < parts; ++i) {
          EXPECT_EQ(all[i].values, part(i).values);
          EXPECT_EQ(all[i].sums, part(i).sums);
        }
      }
    }
}

}  // namespace
}  // namespace lutra
