#include "base/in_order.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace lutra {
namespace {

using Numbers = std::vector<std::size_t>;

TEST(InOrder, UsesEveryResultOnceInOrder) {
  for (const int threads : {1, 2, 5}) {
    Numbers used;
    make_in_order<Numbers>(
        500, threads,
        [](std::size_t i) {
          if (i % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));  // let others overtake
          return Numbers(1, i);
        },
        [&](const Numbers& made) { used.push_back(made.at(0)); });
    ASSERT_EQ(used.size(), 500u) << threads;
    for (std::size_t i = 0; i < used.size(); ++i) ASSERT_EQ(used[i], i) << threads;
  }
}

TEST(InOrder, FewResultsWait) {
  std::atomic<int> waiting = 0, most = 0;
  make_in_order<int>(
      200, 2,
      [&](std::size_t i) {
        const int now = ++waiting;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        return static_cast<int>(i);
      },
      [&](const int&) {
        std::this_thread::sleep_for(std::chrono::microseconds(100));
        --waiting;
      });
  EXPECT_LE(most, 8);
}

TEST(InOrder, FailuresReachTheCaller) {
  for (const int threads : {1, 3})
    for (const bool in_make : {true, false}) {
      const auto fail = [&](bool here, std::size_t i) {
        if (here && i == 40) throw std::runtime_error("stop");
        return i;
      };
      EXPECT_THROW(make_in_order<std::size_t>(
                       100, threads, [&](std::size_t i) { return fail(in_make, i); },
                       [&](const std::size_t& i) { fail(!in_make, i); }),
                   std::runtime_error);
    }
  make_in_order<int>(
      0, 2, [](std::size_t) { return 1; }, [](const int&) { FAIL(); });
}

}  // namespace
}  // namespace lutra
