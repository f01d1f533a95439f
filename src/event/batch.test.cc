#include "event/batch.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(Batch, TheLeadingMuonIsTheFirstOfHighestPt) {
  EventBatch batch;
  batch.muons = {{30, 0.1f, 0, 1}, {4, 0.2f, 0, 1}, {9, 0.3f, 0, -1}, {9, 0.4f, 0, 1}, {50, 0.5f, 0, 1}};
  batch.muon_begin = {0, 1, 1, 4, 5};
  batch.hit_begin = {0, 0, 0, 0, 0};
  EXPECT_EQ(leading_muon(batch, 0), &batch.muons[0]);
  EXPECT_EQ(leading_muon(batch, 1), nullptr);
  EXPECT_EQ(leading_muon(batch, 2), &batch.muons[2]);
}

}  // namespace
}  // namespace lutra
