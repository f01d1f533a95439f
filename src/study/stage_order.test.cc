#include "study/stage_order.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

Stage stage(const char* name, std::vector<std::filesystem::path> reads, std::vector<std::filesystem::path> writes) {
  return {name, std::move(reads), std::move(writes), {}, {}};
}

std::string names(const std::vector<Stage>& stages) {
  std::string all;
  for (const Stage& s : stages) all += s.name;
  return all;
}

TEST(StageOrder, ReadersComeAfterWritersAndTheRestStaysAsGiven) {
  EXPECT_EQ(names(in_order({stage("c", {"b.json"}, {"c.json"}), stage("x", {}, {"x.json"}),
                            stage("b", {"a.json"}, {"b.json"}), stage("a", {}, {"a.json"})})),
            "xabc");
  EXPECT_EQ(names(in_order({stage("a", {}, {"a"}), stage("b", {"a"}, {"b"}), stage("c", {"a"}, {"c"})})), "abc");
}

TEST(StageOrder, AFileOfAFolderIsWrittenWithItAndAFolderWithAllItsFiles) {
  EXPECT_EQ(names(in_order({stage("r", {"rtl/design.json"}, {"r"}), stage("w", {}, {"rtl"})})), "wr");
  EXPECT_EQ(names(in_order({stage("r", {"student"}, {"r"}), stage("v", {}, {"student/network.json"}),
                            stage("w", {}, {"student/history.json"})})),
            "vwr");
  EXPECT_EQ(
      names(in_order({stage("r", {"chain"}, {"r"}), stage("v", {}, {"chain-verify.json"}), stage("w", {}, {"chain"})})),
      "vwr")
      << "a name that only begins alike";
}

TEST(StageOrder, WhatCannotBeIsABugOfOurs) {
  EXPECT_DEATH(in_order({stage("a", {}, {"f"}), stage("b", {}, {"f"})}), "only one of a and b writes f");
  EXPECT_DEATH(in_order({stage("a", {}, {"rtl"}), stage("b", {}, {"rtl/x"})}), "only one of a and b writes rtl/x");
  EXPECT_DEATH(in_order({stage("a", {"g"}, {"f"})}), "somebody writes g, which a reads");
  EXPECT_DEATH(in_order({stage("a", {"b"}, {"a"}), stage("b", {"a"}, {"b"})}), "follows from its own outputs");
}

}  // namespace
}  // namespace lutra
