#include "verify/verify_software.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"
#include "compile/compile.h"
#include "model/random_network.h"
#include "rtl/write_rtl.h"

namespace lutra {
namespace {

constexpr std::size_t random_events = 300;

class VerifySoftware : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    network_ = random_network(3);
    CompileOptions options;
    options.interval = GetParam();
    const CompileResult result = compile(network_, options);
    program_ = result.program;
    design_ = write_rtl(folder_.path(), {program_, result.schedule, options.clock_ns, result.network_hash,
                                         cost_to_json(result.cost), result.three_inputs});
  }

  SoftwareResult verify() const {
    VerifyOptions options;
    options.random_events = random_events;
    options.threads = 2;
    return verify_software(network_, program_, design_, folder_.path(), {}, options, no_progress);
  }

  TemporaryFolder folder_;
  Network network_;
  Program program_;
  Design design_;
};

TEST_P(VerifySoftware, BothModelsComputeTheNetwork) {
  const SoftwareResult result = verify();
  EXPECT_GT(result.events, random_events);  // corner inputs
  EXPECT_EQ(result.cpp_mismatches, 0u);
  EXPECT_EQ(result.interpreter_mismatches, 0u);
}

TEST_P(VerifySoftware, AWrongModelIsFound) {
  std::string text = read_text(folder_ / "model.h");
  const std::size_t at = text.rfind("out[0] = ");
  text.insert(at + 9, "1 ^ ");
  write_text_atomically(folder_ / "model.h", text);
  const SoftwareResult result = verify();
  EXPECT_EQ(result.cpp_mismatches, result.events);
  EXPECT_EQ(result.interpreter_mismatches, 0u);
}

TEST_P(VerifySoftware, AModelThatDoesNotCompileIsAnError) {
  write_text_atomically(folder_ / "model.h", "not C++");
  EXPECT_THROW(verify(), Error);
}

INSTANTIATE_TEST_SUITE_P(Intervals, VerifySoftware, ::testing::Values(1, 3));

}  // namespace
}  // namespace lutra
