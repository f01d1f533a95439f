#include "event/h5_output.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// Enough for many chunks, deflated and not, and for metadata that is written and read again.
void fill(const h5::Handle& file) {
  std::vector<float> numbers(300000);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<float>(i * i % 1009);
  h5::Appender<float> plain(file, "plain", 1000);
  h5::Appender<float> packed = h5::Appender<float>::deflated(file, "packed", {10});
  for (int piece = 0; piece < 3; ++piece) {
    plain.append(numbers);
    packed.append(numbers);
  }
  h5::write_array<float>(file, "whole", {3, 100000}, numbers, true);
  h5::write_text(file, "header", "{}");
}

TEST(H5Output, HasTheBytesThatTheLibraryWouldWrite) {
  const TemporaryFolder folder;
  h5::Handle direct = h5::create(folder / "direct.h5");
  fill(direct);
  h5::close(std::move(direct), folder / "direct.h5");
  write_atomically(folder / "new.h5", [](NewFile& file) {
    h5::OutputFile out(file);
    fill(out.handle());
    out.close();
  });
  EXPECT_EQ(read_text(folder / "new.h5"), read_text(folder / "direct.h5"));
}

/// Writes with a limit on the size of files, says what came of it, and ends as a program ends.
[[noreturn]] void write_limited(const fs::path& path, rlim_t bytes) {
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{bytes, bytes};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  try {
    write_atomically(path, [](NewFile& file) {
      h5::OutputFile out(file);
      fill(out.handle());
      out.check();
      out.close();
    });
  } catch (const Error& e) {
    std::exit(std::string(e.what()).find("cannot write " + path.string() + " (larger than") == 0 ? 0 : 1);
  }
  std::exit(2);
}

TEST(H5Output, AFullDiskIsAnErrorAndTheProgramEndsAsItShould) {
  const TemporaryFolder folder;
  for (const rlim_t bytes : {0, 100, 600, 3000, 100000, 1000000, 3600000}) {
    EXPECT_EXIT(write_limited(folder / "x.h5", bytes), testing::ExitedWithCode(0), "") << bytes;
    EXPECT_TRUE(fs::is_empty(folder.path())) << bytes;
  }
}

}  // namespace
}  // namespace lutra
