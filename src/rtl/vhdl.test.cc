#include "rtl/vhdl.h"

#include <gtest/gtest.h>

#include "base/artifact.h"
#include "base/process.h"
#include "base/temporary.h"

namespace lutra {
namespace {

/// ghdl analyses and elaborates the wrapper; the component stays unbound.
void expect_valid(const Design& design) {
  const TemporaryFolder folder;
  write_text_atomically(folder.path() / "wrapper.vhd", vhdl_wrapper(design));
  for (const char* step : {"-a", "-e"}) {
    const std::string what = std::string(step) == "-a" ? "wrapper.vhd" : design.top + "_vhdl";
    const ProcessResult result = run_process({"ghdl", step, "--std=08", what}, {folder.path(), 60});
    EXPECT_EQ(result.status, 0) << result.output << vhdl_wrapper(design);
  }
}

TEST(Vhdl, TheWrapperIsValid) {
  Design design;
  design.top = "student";
  design.inputs = 144;
  design.input_format = {2, 1, false};
  design.outputs = {{9, 8, false}, {10, 8, true}};
  expect_valid(design);
  design.outputs = {{1, 0, false}};
  expect_valid(design);
  design.top = "student_chain";
  design.inputs = 289;
  design.input_format = {1, 0, false};
  design.chunks = design.interval_cycles = 12;
  design.outputs = {{9, 8, false}, {12, 3, false}, {1, 0, false}};
  design.chain = Json::object();
  expect_valid(design);
}

}  // namespace
}  // namespace lutra
