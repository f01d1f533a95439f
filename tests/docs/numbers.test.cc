#include "docs/numbers.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"

namespace lutra::docs {
namespace {

const Sources& sources() {
  static const Sources some{{"s", Json::parse(R"({"cases": [
      {"name": "a", "seed": 1, "lut": 14420, "share": 0.0123, "hardware": {"lut": 100, "estimated": true}},
      {"name": "a", "seed": 2, "lut": 14422, "share": 0.0125, "hardware": {"lut": 90}},
      {"name": "a or/and b", "lut": -1234567.25, "hardware": {"lut": 10, "estimated": true}},
      {"name": "a or/and b", "hardware": {"lut": 21, "estimated": true}}]})")}};
  return some;
}

TEST(NumberText, MeansSpreadsSharesAndCounts) {
  EXPECT_EQ(number_text(sources(), "s/cases/name=a/seed=1/lut"), "14,420");
  EXPECT_EQ(number_text(sources(), "s/cases/name=a/lut:.1"), "14,421.0");
  EXPECT_EQ(number_text(sources(), "s/cases/name=a/lut:.1±"), "14,421.0 ± 1.4");
  EXPECT_EQ(number_text(sources(), "s/cases/seed=1/lut:±"), "14,420");
  EXPECT_EQ(number_text(sources(), "s/cases/seed=1/share:x100.1"), "1.2");
  EXPECT_EQ(number_text(sources(), "s/cases/name=a/seed:count"), "2");
  EXPECT_EQ(number_text(sources(), "s/cases/name=a or\\/and b/lut:.2"), "-1,234,567.25");
  EXPECT_EQ(number_text({{"t", Json(-123)}}, "t"), "-123");
}

TEST(NumberText, LutIsTheFirstSynthesisedOrTheMeanOfEstimates) {
  EXPECT_EQ(number_text(sources(), "s/cases/name=a/hardware:lut"), "90");
  EXPECT_EQ(number_text(sources(), "s/cases/name=a or\\/and b/hardware:lut"), "16");
}

TEST(NumberText, RefusesWhatIsNotThere) {
  EXPECT_THROW(number_text(sources(), "t/cases"), Error);
  EXPECT_THROW(number_text(sources(), "s/cases/name=c/lut"), Error);
  EXPECT_THROW(number_text(sources(), "s/cases/name=a/ff"), Error);
  EXPECT_THROW(number_text(sources(), "s/cases/name=a/name"), Error);
}

TEST(WithNumbers, LeavesARightTextAlone) {
  const std::string text = "Once 14,420.\n\n| a | **14,420** | 1.2 % |\n";
  const Corrected corrected =
      with_numbers(text, {"| a | **{s/cases/seed=1/lut}** | {s/cases/seed=1/share:x100.1} % |"}, sources());
  EXPECT_EQ(corrected.text, text);
  EXPECT_TRUE(corrected.differences.empty());
}

TEST(WithNumbers, MendsWrappedSentencesAndSaysWhere) {
  const Corrected corrected =
      with_numbers("A student\ntakes  13,000 LUT, and\nmore, 7.\n",
                   {"student takes {s/cases/seed=1/lut} LUT, and more, {s/cases/name=a/share:x100.1±}."}, sources());
  EXPECT_EQ(corrected.text, "A student\ntakes  14,420 LUT, and\nmore, 1.2 ± 0.0.\n");
  ASSERT_EQ(corrected.differences.size(), 2u);
  EXPECT_EQ(corrected.differences[1].line, 2);
  EXPECT_EQ(corrected.differences[1].is, "13,000");
  EXPECT_EQ(corrected.differences[1].should_be, "14,420");
}

TEST(WithNumbers, ReadsInOrder) {
  const Corrected corrected = with_numbers("| a | 14,420 |\n| a | 1 |\n",
                                           {"| a | {s/cases/seed=1/lut} |", "| a | {s/cases/seed=2/lut} |"}, sources());
  EXPECT_EQ(corrected.text, "| a | 14,420 |\n| a | 14,422 |\n");
}

TEST(WithNumbers, ASpreadTooManyOrTooFewIsADifference) {
  EXPECT_EQ(with_numbers("a 14,420 ± 3 b", {"a {s/cases/seed=1/lut} b"}, sources()).text, "a 14,420 b");
  EXPECT_EQ(with_numbers("a 14,421 b", {"a {s/cases/name=a/lut:±} b"}, sources()).text, "a 14,421 ± 1 b");
}

TEST(WithNumbers, ALostSentenceIsADifference) {
  const Corrected corrected = with_numbers("other words 14,420", {"the words {s/cases/seed=1/lut}"}, sources());
  ASSERT_EQ(corrected.differences.size(), 1u);
  EXPECT_EQ(corrected.differences[0].is, "");
}

TEST(WithNumbers, RefusesTemplatesThatCheckNothing) {
  EXPECT_THROW(with_numbers("x", {"no number"}, sources()), Error);
  EXPECT_THROW(with_numbers("x", {"an open {brace"}, sources()), Error);
  EXPECT_THROW(with_numbers("x", {"{s/cases/seed=1/lut} first"}, sources()), Error);
}

/// The documents say what the experiments measured.
TEST(Documents, NumbersAreThoseOfTheExperiments) {
  const NumberList list = read_number_list(LUTRA_SOURCE_DIR);
  EXPECT_GT(list.documents.size(), 4u);
  for (const auto& [document, templates] : list.documents) {
    EXPECT_FALSE(templates.empty()) << document;
    const std::string text = read_text(std::filesystem::path(LUTRA_SOURCE_DIR) / document);
    for (const auto& [line, is, should_be] : with_numbers(text, templates, list.sources).differences)
      ADD_FAILURE() << document << ":" << line << ": "
                    << (is.empty() ? "nothing from here on reads like: " + should_be
                                   : "\"" + is + "\" should be \"" + should_be + "\"; run: ./dev numbers");
  }
}

}  // namespace
}  // namespace lutra::docs
