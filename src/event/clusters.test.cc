#include "event/clusters.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(Clusters, JoinNeighboursWithinALayer) {
  const std::vector<Hit> hits = {{3, HitOrigin::cavern},   {4, HitOrigin::muon},     {6, HitOrigin::secondary},
                                 {383, HitOrigin::cavern}, {384, HitOrigin::cavern}, {385, HitOrigin::secondary}};
  const auto clusters = find_clusters(hits, ImageShape{});
  ASSERT_EQ(clusters.size(), 4u);
  EXPECT_EQ(clusters[0].first, 3);
  EXPECT_EQ(clusters[0].width, 2);
  EXPECT_EQ(clusters[0].centre(), 4);
  EXPECT_EQ(clusters[0].origin, HitOrigin::muon);
  EXPECT_EQ(clusters[1].width, 1);
  EXPECT_EQ(clusters[2].first, 383);
  EXPECT_EQ(clusters[2].layer, 0);
  EXPECT_EQ(clusters[3].layer, 1);
  EXPECT_EQ(clusters[3].first, 0);
  EXPECT_EQ(clusters[3].origin, HitOrigin::secondary);
  EXPECT_TRUE(find_clusters({}, ImageShape{}).empty());
}

TEST(Batches, GiveTheHitsAndMuonsOfAnEvent) {
  EventBatch batch;
  batch.hits = {{1, HitOrigin::muon}, {2, HitOrigin::muon}, {9, HitOrigin::cavern}};
  batch.hit_begin = {0, 2, 2, 3};
  batch.muons = {{5, 0, 0, 1}};
  batch.muon_begin = {0, 0, 1, 1};
  EXPECT_EQ(hits_of(batch, 0).size(), 2u);
  EXPECT_TRUE(hits_of(batch, 1).empty());
  EXPECT_EQ(hits_of(batch, 2)[0].cell(), 9);
  EXPECT_EQ(muons_of(batch, 1)[0].pt_gev, 5);
  EXPECT_TRUE(muons_of(batch, 2).empty());
}

}  // namespace
}  // namespace lutra
