#include "cli/session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"
#include "cli/summary.h"

namespace lutra {
namespace {

template <class Call>
std::string printed_by(const Call& call, bool errors) {
  errors ? testing::internal::CaptureStderr() : testing::internal::CaptureStdout();
  call();
  return errors ? testing::internal::GetCapturedStderr() : testing::internal::GetCapturedStdout();
}

TEST(Session, ReportsTextOrJsonOrNothing) {
  const auto printed = [](const Session& session) {
    return printed_by([&] { session.report("done", {{"events", 3}}); }, false);
  };
  EXPECT_EQ(printed({}), "done\n");
  EXPECT_EQ(Json::parse(printed({.json = true})), (Json{{"events", 3}}));
  EXPECT_EQ(printed({.quiet = true}), "");
  EXPECT_EQ(Json::parse(printed({.quiet = true, .json = true})), (Json{{"events", 3}}));
}

TEST(Session, RemarksGoToStderr) {
  EXPECT_EQ(printed_by([] { Session{}.say("look"); }, true), "look\n");
  EXPECT_EQ(printed_by([] { Session{.quiet = true}.say("look"); }, true), "");
}

/// Where stderr is no terminal: a line for every tenth, one for the end of each piece of work.
TEST(Session, ProgressIsALinePerTenth) {
  const auto lines = [](const Session& session) {
    const std::string text = printed_by(
        [&] {
          const Progress progress = session.progress();
          for (std::uint64_t i = 0; i <= 100; ++i) progress("counting", i, 100);
          progress("counting", 100, 100);  // said already
          progress("writing", 0, 0);       // of unknown length
          progress("reading", 1, 2);
          progress("reading", 2, 2);
        },
        true);
    return std::pair{std::ranges::count(text, '\n'), text};
  };
  const auto [count, text] = lines({});
  EXPECT_EQ(count, 10 + 2);
  EXPECT_NE(text.find("reading                            [###############...............]  50 %"), std::string::npos)
      << text;
  EXPECT_NE(text.find("[##############################] 100 %"), std::string::npos) << text;
  EXPECT_EQ(text.find("writing"), std::string::npos);
  EXPECT_EQ(lines({.quiet = true}).first, 0);
}

TEST(Session, ContextHandsOnItsThreads) {
  Session session;
  session.threads = 7;
  EXPECT_EQ(session.context().threads(), 7);
  EXPECT_EQ(printed_by([&] { session.context().say("x"); }, true), "x\n");
}

/// In a process of its own: the flag stays.
TEST(SessionDeathTest, InterruptsEndTheWorkAtTheNextProgress) {
  EXPECT_EXIT(
      {
        catch_interrupts();
        const Progress progress = Session{.quiet = true}.progress();
        progress("work", 1, 2);
        std::raise(SIGINT);
        try {
          progress("work", 2, 2);
        } catch (const Interrupted&) {
          std::_Exit(42);
        }
        std::_Exit(0);
      },
      testing::ExitedWithCode(42), "");
  EXPECT_EXIT(
      {
        catch_interrupts();
        std::raise(SIGTERM);
        std::raise(SIGTERM);
      },
      testing::ExitedWithCode(128 + SIGTERM), "");
}

const Json metrics = {{"student",
                       {{"plateau", 0.98765},
                        {"plateau_all_eta", nullptr},
                        {"fake_rate", 0.0123},
                        {"pt_resolution", 0.2},
                        {"eta_resolution", 0.0123456},
                        {"events", 1000}}},
                      {"teacher", {{"plateau", 1}, {"charge_accuracy", 0.75}}},
                      {"notes", {{"text", 1}}}};

TEST(MetricsTable, IsAColumnPerAlgorithm) {
  const std::string table = metrics_table(metrics);
  for (const char* line : {
           "                                         student     teacher\n",
           "  plateau, 15-20 GeV                     98.77 %    100.00 %\n",
           "  plateau, any eta                             -           -\n",
           "  fake rate at threshold                  1.23 %           -\n",
           "  pT resolution                           20.0 %           -\n",
           "  eta resolution                         0.01235           -\n",
           "  test events                               1000           -\n",
           "  charge right                                 -     75.00 %\n",
       })
    EXPECT_NE(table.find(line), std::string::npos) << line << "in\n" << table;
  EXPECT_EQ(table.find("class right"), std::string::npos);
  EXPECT_EQ(table.find("notes"), std::string::npos);
}

TEST(MetricsTable, OfAClassifierHasNoMuons) {
  const std::string table = metrics_table({{"student", {{"accuracy", 0.5}}}});
  EXPECT_NE(table.find("class right                            50.00 %"), std::string::npos) << table;
  EXPECT_EQ(table.find("plateau"), std::string::npos);
}

TEST(RunTable, AddsFirmwareAndResources) {
  const TemporaryFolder run;
  const auto write = [&](const char* name, const Json& json) { write_text_atomically(run / name, json.dump()); };
  write("metrics.json", metrics);
  write("verify.json", {{"mismatches", 2}, {"events", 500}});
  write("synth.json", {{"lut", 1234}, {"ff", 99}, {"latency_ns", 26}, {"interval_cycles", 1}});
  const std::string table = run_table(run.path());
  for (const char* text : {"2 of 500", "LUT ", "1234", "26.0 ns", "1 cycle", "plateau"})
    EXPECT_NE(table.find(text), std::string::npos) << text << " in\n" << table;
}

}  // namespace
}  // namespace lutra
