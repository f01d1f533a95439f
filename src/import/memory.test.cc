#include <fmt/format.h>

#include "base/peak_memory.test.h"
#include "import/import_fixture.test.h"

namespace lutra {
namespace {

class ImportMemory : public ImportTest {
 protected:
  /// Imports rows of 64 numbers from a .npy file.
  void pass_through(std::size_t rows, bool fortran) const {
    constexpr std::size_t width = 64;
    const auto path = folder / "x.npy";
    std::ofstream out(path, std::ios::binary);
    out << npy("<i2", fmt::format("({}, {})", rows, width), "", fortran);
    const std::string block = bytes_of(std::vector<std::int16_t>(width * 1000, 1));
    for (std::size_t i = 0; i < rows; i += 1000) out << block;
    out.close();
    ImportConfig config;
    config.inputs = "x";
    config.input_format = "s8.4";
    config.targets = {{"y", "", "x[0]", 0, 1}};
    import_to_file(config, {path}, folder / "data.h5", no_progress);
  }
};

/// Held in memory, 500,000 more rows would take 64 MB.
TEST_F(ImportMemory, DoesNotGrowWithTheNumberOfRows) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the address sanitizer keeps freed memory";
#endif
  for (const bool fortran : {false, true}) {
    const double few = peak_mb([&] { pass_through(150'000, fortran); });
    const double many = peak_mb([&] { pass_through(650'000, fortran); });
    if (few == 0) GTEST_SKIP() << "needs /proc";
    EXPECT_LT(many - few, 20) << fortran;
  }
}

}  // namespace
}  // namespace lutra
