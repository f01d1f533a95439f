#include "report/sections.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "base/temporary.h"
#include "report/fixture/fixture_run.h"
#include "report/published.h"

/// Each section by itself: what its tables, plots and sentences say about numbers that are known.
namespace lutra {
namespace {

using Runs = std::vector<lutra::Run>;  // inside a TEST, Run is a member of testing::Test

lutra::Run run_of(const std::map<std::string, Json>& bodies, const std::string& name = "r") {
  lutra::Run run;
  run.name = name;
  for (const auto& [file, body] : bodies) run.files[file] = {1, "test", {}, body};
  return run;
}

/// What `lutra run` leaves, without and with the parts of a study.
lutra::Run fixture(bool study) {
  const TemporaryFolder folder;
  write_fixture_run(folder / "run", {.study = study});
  return read_run(folder / "run");
}

template <class T>
std::vector<const T*> all(const Section& section) {
  std::vector<const T*> found;
  for (const Block& block : section.blocks)
    if (const T* one = std::get_if<T>(&block)) found.push_back(one);
  return found;
}

const Table& table(const Section& section, const std::string& id) {
  for (const Table* t : all<Table>(section))
    if (t->id == id) return *t;
  throw Error("no table " + id, "", "");
}

const Figure& figure(const Section& section, const std::string& id) {
  for (const Figure* f : all<Figure>(section))
    if (f->id == id) return *f;
  throw Error("no figure " + id, "", "");
}

/// The row that begins with `name`, as texts.
std::vector<std::string> row(const Table& table, const std::string& name) {
  for (const auto& cells : table.rows)
    if (cells[0].text == name) {
      std::vector<std::string> texts;
      for (const Cell& cell : cells) texts.push_back(cell.text);
      return texts;
    }
  throw Error("no row " + name, "", "");
}

using Texts = std::vector<std::string>;

TEST(EveryTable, HasRowsAsWideAsItsColumns) {
  const Runs runs = {fixture(true)};
  int tables = 0;
  for (const auto& make : {summary_section, claim_section, display_section, fragmentation_section, efficiency_section,
                           resolution_section, float_section, precision_section, quantized_teacher_section,
                           training_section, network_section, hardware_section, compiled_section, pareto_section,
                           rate_section, constraint_section, verification_section, provenance_section}) {
    const Section section = make(runs);
    EXPECT_FALSE(section.blocks.empty()) << section.id;
    for (const Table* t : all<Table>(section)) {
      ++tables;
      EXPECT_TRUE(t->groups.empty() || t->groups.size() == t->rows.size()) << t->id;
      for (const auto& cells : t->rows) EXPECT_EQ(cells.size(), t->columns.size()) << t->id;
    }
  }
  EXPECT_GT(tables, 12);
}

TEST(SummarySection, JudgesAtTheLimitsThemselves) {
  const auto tiles = [](double plateau, double fakes, double latency) {
    const Section section =
        summary_section({run_of({{"metrics.json", {{"student", {{"plateau", plateau}, {"fake_rate", fakes}}}}},
                                 {"synth.json", {{"lut", 1728}, {"latency_ns", latency}}}})});
    return all<Tiles>(section).at(0)->tiles;
  };
  const auto good = tiles(0.9, 0.0199, 399), bad = tiles(0.89, 0.02, 400);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(good[i].verdict == bad[i].verdict, false) << i;
    EXPECT_EQ(good[i].verdict, good[0].verdict);
    EXPECT_EQ(bad[i].verdict, bad[0].verdict);
  }
  EXPECT_EQ(good[0].value, "90.0 %");
  EXPECT_EQ(good[1].value, "1.99 %");
  EXPECT_EQ(good[2].value, "1,728 LUT");
  EXPECT_NE(good[2].detail.find("0.10 %"), std::string::npos) << good[2].detail;
  EXPECT_EQ(tiles(0.9, 0.0001234, 1)[1].value, "0.012 %");
}

TEST(EfficiencySection, ShowsFractionsWithTheirIntervals) {
  const Section section = efficiency_section({fixture(false)});
  const Table& t = table(section, "efficiency-table");
  EXPECT_EQ(row(t, "Student"), (Texts{"Student", "93.1 %", "86.6 %", "0.42 %", "3.10 %", "94.3 %"}));
  EXPECT_EQ(t.rows[0][1].range, "95.4 - 96.9");
  const Json& points = figure(section, "turn-on").spec["data"]["values"];
  const auto of = [&](const char* series) {
    return std::ranges::count_if(points, [&](const Json& p) { return p["series"] == series; });
  };
  EXPECT_EQ(of("Student"), 12);  // 13 bins, of which the first is empty
  EXPECT_EQ(of("Teacher"), 12);
}

TEST(ResolutionSection, DrawsFourCurvesOfEachAlgorithm) {
  const Section section = resolution_section({fixture(false)});
  for (const char* id : {"pt-resolution", "pt-bias", "eta-resolution", "eta-bias"})
    EXPECT_EQ(figure(section, id).spec["data"]["values"].size(), 2u * 13u) << id;
  const Json& first = figure(section, "pt-bias").spec["data"]["values"][0];
  EXPECT_EQ(first["pt_lo_gev"], 2);
  EXPECT_EQ(first["pt_hi_gev"], 3);
  EXPECT_EQ(first["pt_gev"], 2.5);
  EXPECT_TRUE(first["lo"].is_null());
  EXPECT_FALSE(figure(section, "pt-resolution").spec["data"]["values"][0]["lo"].is_null());
  EXPECT_EQ(row(table(section, "resolution-table"), "Student"), (Texts{"Student", "0.210", "0.00610"}));
}

TEST(RateSection, AddsMuonsAndFakesAndDrawsLimitsOfNothing) {
  const auto run = [](const Json& rate) {
    return run_of({{"metrics.json", {{"student", {{"plateau", 0.9}, {"rate", rate}}}}}});
  };
  const Json some = {{"muon_khz", 40},
                     {"muon_khz_interval", {39, 41}},
                     {"fake_khz", 60},
                     {"fake_khz_interval", {50, 70}},
                     {"true_khz", 15}};
  const Section section = rate_section({run(some)});
  EXPECT_EQ(row(table(section, "rate-table"), "Student"), (Texts{"Student", "40", "60", "100"}));
  EXPECT_EQ(figure(section, "rates").spec["data"]["values"].size(), 2u);
  EXPECT_NE(all<Paragraph>(section)[0]->text.find("above the threshold: 15 kHz"), std::string::npos);
  const std::size_t layers = figure(section, "rates").spec["layer"].size();
  Json none = some;
  none["fake_khz"] = 0;
  none["fake_khz_interval"] = {0, 1.5};
  const Section limited = rate_section({run(none)});
  const Json& limit = figure(limited, "rates").spec["data"]["values"][1];
  EXPECT_EQ(limit["limit"], true);
  EXPECT_TRUE(limit["lo"].is_null());
  EXPECT_EQ(limit["hi"], 1.5);
  EXPECT_EQ(figure(limited, "rates").spec["layer"].size(), layers + 1);  // triangles
  EXPECT_TRUE(rate_section({run_of({{"metrics.json", {{"student", {{"plateau", 0.9}}}}}})}).blocks.empty());
}

TEST(ConstraintSection, EveryConstraintIsJudgedAlone) {
  struct Case {
    double lut, latency, fakes;
    const char *fits, *fast, *clean, *passes;
  };
  for (const Case& c : {Case{1728000, 399, 0.019, "yes, 1.73 million LUT", "yes, 399 ns", "yes, 1.9 %", "yes"},
                        {1728001, 399, 0.019, "NO, 1.73 million LUT", "yes, 399 ns", "yes, 1.9 %", "NO"},
                        {1000, 400, 0.019, "yes, 1,000 LUT", "NO, 400 ns", "yes, 1.9 %", "NO"},
                        {1000, 20, 0.02, "yes, 1,000 LUT", "yes, 20 ns", "NO, 2 %", "NO"}}) {
    const Section section =
        constraint_section({run_of({{"metrics.json", {{"student", {{"plateau", 0.9}, {"fake_rate", c.fakes}}}}},
                                    {"synth.json", {{"lut", c.lut}, {"latency_ns", c.latency}}}})});
    const Texts cells = row(table(section, "constraints-table"), "Student");
    EXPECT_EQ(cells[1], c.fits);
    EXPECT_EQ(cells[2], c.fast);
    EXPECT_EQ(cells[3], c.clean);
    EXPECT_EQ(cells[4], c.passes);
  }
  const Section unknown = constraint_section({run_of({{"metrics.json", {{"student", {{"fake_rate", 0.01}}}}}})});
  EXPECT_EQ(row(table(unknown, "constraints-table"), "Student"),
            (Texts{"Student", "not known", "not known", "yes, 1 %", "not known"}));
}

TEST(HardwareSection, CountsSharesOfTheDeviceAndTimesLess) {
  const Section section = hardware_section({fixture(false)});
  const Table& resources = table(section, "resources-table");
  EXPECT_EQ(row(resources, "Student"), (Texts{"Student", "4,321", "5,310", "0", "0", "26", "1", "-"}));
  const auto& cells = *std::ranges::find_if(resources.rows, [](const auto& r) { return r[0].text == "Student"; });
  EXPECT_EQ(cells[1].range, "0.25 %");
  EXPECT_EQ(cells[5].range, "13 cycles");
  const Texts smaller = row(table(section, "compression-table"), "Student");
  const double teacher = published().at("hardware").front().at("lut").get<double>();
  EXPECT_NEAR(std::stod(smaller[1]), teacher / 4321, 0.06 * teacher / 4321);
  EXPECT_EQ(row(table(section, "lut-sizes"), "Student"), (Texts{"Student", "11", "1,210", "-", "-", "-", "3,100"}));
  EXPECT_TRUE(all<Missing>(section).empty());
  EXPECT_EQ(all<Missing>(hardware_section({run_of({{"metrics.json", {}}})})).size(), 1u);
}

TEST(VerificationSection, SaysWhatWasFound) {
  const auto text = [](const Json& verify) {
    return all<Paragraph>(verification_section({run_of({{"verify.json", verify}})})).at(0)->text;
  };
  EXPECT_EQ(text({{"events", 1234}, {"mismatches", 0}}),
            "The simulated firmware gave the reference evaluator's integers in all 1,234 events.");
  EXPECT_EQ(text({{"events", 1234}, {"mismatches", 7}}),
            "The simulated firmware differs from the reference evaluator in 7 of 1,234 events: it must not be used.");
  EXPECT_NE(text({{"events", 1}, {"mismatches", 0}, {"proof", {{"verdict", "open"}, {"difference", "layer 3"}}}})
                .find("not proved: layer 3."),
            std::string::npos);
  const Section section =
      verification_section({run_of({{"verify.json", {{"events", 5}, {"mismatches", 0}, {"note", "hello"}}}})});
  EXPECT_EQ(row(table(section, "verify-0"), "Note"), (Texts{"Note", "hello"}));
  EXPECT_EQ(all<Missing>(verification_section({run_of({})})).size(), 1u);
}

TEST(ChainSection, SharesAddUp) {
  const Section section = chain_section(
      {run_of({{"chain-verify.json", {{"events", 777}, {"mismatches", 2}}},
               {"chain-synth.json",
                {{"lut", 400},
                 {"ff", 90},
                 {"latency_ns", 50},
                 {"interval_cycles", 12},
                 {"latency_cycles", 25},
                 {"parts", {{{"name", "search"}, {"lut", 300}, {"ff", 50}, {"latency_cycles", 13}}}}}}})});
  EXPECT_EQ(all<Paragraph>(section)[0]->text,
            "777 raw events through the simulated firmware, 2 differ from the software.");
  const Table& t = table(section, "chain-0");
  EXPECT_EQ(row(t, "search"), (Texts{"search", "300", "75.0 %", "50", "13"}));
  EXPECT_EQ(row(t, "whole trigger"), (Texts{"whole trigger", "400", "100.0 %", "90", "25"}));
  EXPECT_NE(t.caption.find("50 ns, one event every 12 clocks"), std::string::npos) << t.caption;
}

TEST(FitSection, ListsWhatWasTried) {
  const auto section = [](bool fits) {
    return fit_section({run_of({{"fit.json",
                                 {{"fits", fits},
                                  {"tried",
                                   {{{"name", "roads-8, 0"},
                                     {"ebops", 500},
                                     {"lut_estimate", 120},
                                     {"lut", nullptr},
                                     {"latency_ns", 6},
                                     {"plateau", 0.91},
                                     {"fake_rate", 0.004},
                                     {"leakage_below_7gev", 0.02},
                                     {"excess", 0.5},
                                     {"chosen", fits}}}}}}})});
  };
  const Section found = section(true), none = section(false);
  EXPECT_EQ(row(table(found, "fit-table-0"), "roads-8, 0"),
            (Texts{"roads-8, 0", "500", "120", "-", "6", "91.0 %", "0.40 %", "2.00 %", "0.500", "yes"}));
  EXPECT_EQ(row(table(none, "fit-table-0"), "roads-8, 0")[9], "");
  EXPECT_NE(table(none, "fit-table-0").caption.find("None fits the budget"), std::string::npos);
  EXPECT_EQ(table(found, "fit-table-0").caption.find("None fits"), std::string::npos);
  EXPECT_TRUE(fit_section({run_of({})}).blocks.empty());
}

TEST(FragmentationSection, NormalisesHitsAndNeedsABinPerCount) {
  const lutra::Run run = fixture(true);
  const Section section = fragmentation_section({run});
  EXPECT_EQ(figure(section, "containment-0").spec["data"]["values"].size(), 15u);
  const Json& hits = figure(section, "hit-counts-0").spec["data"]["values"];
  ASSERT_EQ(hits.size(), 12u);
  double shares = 0;
  for (const Json& bin : hits) shares += bin["share"].get<double>();
  EXPECT_NEAR(shares, 2, 1e-12);  // one for events with a muon, one for those without
  EXPECT_NEAR(hits[2]["share"].get<double>(), 160.0 / 534, 1e-12);
  EXPECT_EQ(hits[2]["lo"], 8);
  EXPECT_EQ(hits[2]["hi"], 12);
  EXPECT_EQ(table(section, "containment-table-0").groups[5], "window of 32 strips");
  Json damaged = *run.body("fragmentation.json");
  damaged["hits"]["bins"].erase(0);
  EXPECT_THROW(fragmentation_section({run_of({{"fragmentation.json", damaged}})}), Error);
}

TEST(DisplaySection, TellsEachEventsStory) {
  const Section section = display_section({fixture(false)});
  EXPECT_EQ(all<Figure>(section).size(), 6u);  // hits and pixels of three events
  const Figure& first = figure(section, "event-0-0-hits");
  EXPECT_NE(first.caption.find("Truth: pT 18.2 GeV, eta 0.420."), std::string::npos) << first.caption;
  EXPECT_NE(first.caption.find("student: pT 19.1 GeV, eta 0.424."), std::string::npos) << first.caption;
  EXPECT_NE(figure(section, "event-0-2-hits").caption.find("Truth: no muon."), std::string::npos);
  const Json& rows = first.spec["data"]["values"];
  EXPECT_EQ(rows.size(), 1u + 18u);
  EXPECT_EQ(rows[0]["strip"], 120);
  EXPECT_EQ(rows[0]["strip_end"], 152);
  EXPECT_EQ(rows[1]["origin"], "muon");
  EXPECT_EQ(figure(section, "event-0-0-pixels").spec["data"]["values"].size(), 9u * 16u);
}

TEST(ProvenanceSection, ListsFilesAndEverySeedOnce) {
  const Section section = provenance_section({fixture(false)});
  const Table& files = table(section, "files-table");
  EXPECT_EQ(row(files, "run/metrics.json")[1], "metrics 1");
  const Table& seeds = table(section, "seeds-table");
  ASSERT_EQ(seeds.rows.size(), 2u);
  EXPECT_EQ(seeds.rows[0][1].text, "seed");
  EXPECT_EQ(seeds.rows[0][2].text, "7");
  EXPECT_EQ(seeds.rows[1][1].text, "simulation.seed");
  EXPECT_EQ(seeds.rows[1][2].text, "11");
  EXPECT_EQ(all<Listing>(section).size(), 1 + files.rows.size());
  EXPECT_EQ(all<Listing>(section)[0]->text, "seed = 7\n");
}

TEST(TrainingSection, DrawsLossesOfBothNetworks) {
  const Section section = training_section({fixture(false)});
  EXPECT_GE(all<Figure>(section).size(), 2u);
  for (const Figure* f : all<Figure>(section))
    for (const Json& point : f->spec["data"]["values"]) EXPECT_GT(point["value"], 0) << f->id;
  EXPECT_FALSE(all<Missing>(training_section({run_of({{"metrics.json", {}}})})).empty());
}

TEST(ComparisonSection, IsThereForSeveralRunsOnly) {
  const lutra::Run one = fixture(false);
  EXPECT_TRUE(comparison_section({one}).blocks.empty());
  lutra::Run other = one;
  other.name = "other";
  EXPECT_FALSE(comparison_section({one, other}).blocks.empty());
}

}  // namespace
}  // namespace lutra
