#include "synth/device.h"

#include "base/error.h"

namespace lutra {
namespace {

// A CLB of UltraScale+ has 8 LUT, 16 FF and one CARRY8; DS890 counts 36 kbit block RAMs, each two BRAM18.
constexpr Fpga table[] = {
    {"xcvu13p", "xcvu13p-flga2577-2-e", "xcup", 1728000, 3456000, 216000, 12288, 5376},
    {"xcvu9p", "xcvu9p-flga2104-2l-e", "xcup", 1182240, 2364480, 147780, 6840, 4320},
    {"xcku15p", "xcku15p-ffva1760-2-e", "xcup", 522720, 1045440, 65340, 1968, 1968},
};

}  // namespace

std::span<const Fpga> devices() { return table; }

const Fpga& find_device(const std::string& name) {
  std::string known;
  for (const Fpga& device : table) {
    if (device.name == name) return device;
    known += (known.empty() ? "" : ", ") + std::string(device.name);
  }
  throw Error("there is no device \"" + name + "\"", "known: " + known, "");
}

}  // namespace lutra
