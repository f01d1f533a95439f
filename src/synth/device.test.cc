#include "synth/device.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

TEST(Device, ClbsAreWhole) {
  for (const Fpga& device : devices()) {
    EXPECT_EQ(device.lut % 8, 0) << device.name;
    EXPECT_EQ(device.ff, 2 * device.lut) << device.name;
    EXPECT_EQ(device.carry8, device.lut / 8) << device.name;
    EXPECT_EQ(&find_device(device.name), &device);
    EXPECT_TRUE(std::string(device.part).starts_with(device.name));
  }
}

TEST(Device, UnknownNamesListTheKnownOnes) {
  try {
    find_device("xc9999");
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("xcvu13p"), std::string::npos);
  }
}

}  // namespace
}  // namespace lutra
