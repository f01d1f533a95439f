#pragma once
#include <gtest/gtest.h>

#include "event/event.h"

namespace lutra {

/// For tests: the same events, hit by hit and muon by muon.
inline void expect_same(const EventBatch& a, const EventBatch& b) {
  EXPECT_EQ(a.first, b.first);
  EXPECT_EQ(a.hit_begin, b.hit_begin);
  EXPECT_EQ(a.muon_begin, b.muon_begin);
  EXPECT_EQ(a.muons, b.muons);
  ASSERT_EQ(a.hits.size(), b.hits.size());
  for (std::size_t i = 0; i < a.hits.size(); ++i) ASSERT_EQ(a.hits[i].packed(), b.hits[i].packed());
}

}  // namespace lutra
