#include "base/new_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "base/artifact.h"
#include "base/error.h"
#include "base/temporary.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

std::string refusal(const fs::path& path) {
  try {
    write_text_atomically(path, "new");
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

std::ptrdiff_t entries(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

TEST(NewFile, AppearsWholeInAFolderThatIsMade) {
  const TemporaryFolder folder;
  const fs::path path = folder / "a" / "b" / "x";
  {
    NewFile file(path);
    file.append("12345");
    file.append("678");
    file.write_at(1, "--");
    EXPECT_FALSE(fs::exists(path));
    file.keep();
  }
  EXPECT_EQ(read_text(path), "1--45678");
  EXPECT_EQ(entries(path.parent_path()), 1);
}

TEST(NewFile, WhatIsNotKeptLeavesTheOldFileAlone) {
  const TemporaryFolder folder;
  write_text_atomically(folder / "x", "old");
  EXPECT_THROW(write_atomically(folder / "x",
                                [](NewFile& file) {
                                  file.append("half");
                                  throw Error("disk on fire", "", "");
                                }),
               Error);
  EXPECT_EQ(read_text(folder / "x"), "old");
  EXPECT_EQ(entries(folder.path()), 1);
}

TEST(NewFile, ALinkStaysAndItsTargetIsWritten) {
  const TemporaryFolder folder;
  write_text_atomically(folder / "deep" / "target", "old");
  fs::create_symlink("deep/second", folder / "first");
  fs::create_symlink("target", folder / "deep" / "second");
  write_text_atomically(folder / "first", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "first"));
  EXPECT_TRUE(fs::is_symlink(folder / "deep" / "second"));
  EXPECT_EQ(read_text(folder / "deep" / "target"), "new");
  fs::create_symlink("nothing/yet", folder / "dangling");
  write_text_atomically(folder / "dangling", "made");
  EXPECT_EQ(read_text(folder / "nothing" / "yet"), "made");
}

TEST(NewFile, OnlyARegularFileIsReplaced) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  fs::create_symlink("pipe", folder / "to_pipe");
  fs::create_symlink("round", folder / "round");
  fs::create_directory(folder / "folder");
  fs::create_symlink("folder", folder / "to_folder");
  for (const char* name : {"pipe", "to_pipe"}) {
    EXPECT_NE(refusal(folder / name).find("it is a pipe"), std::string::npos) << refusal(folder / name);
    EXPECT_TRUE(fs::is_fifo(folder / "pipe"));
  }
  for (const char* name : {"folder", "to_folder", "folder/", "new/"})
    EXPECT_NE(refusal(folder / name).find("it is a folder"), std::string::npos) << refusal(folder / name);
  EXPECT_NE(refusal("/dev/null").find("it is a device"), std::string::npos) << refusal("/dev/null");
  EXPECT_NE(refusal(folder / "round").find("circle"), std::string::npos) << refusal(folder / "round");
  EXPECT_NE(refusal(folder / "pipe" / "x").find("cannot make the folder"), std::string::npos);
  EXPECT_NE(refusal(folder / std::string(300, 'x')).find("its name is too long"), std::string::npos);
}

/// /dev/shm is another file system on most machines; where it is not, this only tests renaming.
TEST(NewFile, AFileMovesAlsoToAnotherFileSystem) {
  const TemporaryFolder folder;
  const fs::path elsewhere = fs::path("/dev/shm") / folder.path().filename();
  const std::string bytes(3 << 20, 'x');
  for (const fs::path& to : {folder / "deep" / "to", elsewhere / "to"}) {
    write_text_atomically(folder / "from", bytes);
    move_file(folder / "from", to);
    EXPECT_EQ(read_text(to), bytes);
    EXPECT_FALSE(fs::exists(folder / "from"));
  }
  EXPECT_EQ(entries(elsewhere), 1);
  write_text_atomically(folder / "from", "new");
  fs::create_symlink(elsewhere / "to", folder / "link");
  move_file(folder / "from", folder / "link");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(read_text(elsewhere / "to"), "new");
  fs::remove_all(elsewhere);
}

/// Root may write anywhere, so the system's refusal is made with a limit that holds for everybody.
TEST(NewFile, ALimitOnTheSizeOfFilesIsAnError) {
  const TemporaryFolder folder;
  const auto limited = [&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    try {
      write_text_atomically(folder / "x", std::string(2000, 'x'));
    } catch (const Error& e) {
      ::_exit(std::string(e.what()).find("larger than the limit") == std::string::npos);
    }
    ::_exit(2);
  };
  EXPECT_EXIT(limited(), testing::ExitedWithCode(0), "");
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(NewFile, WhatAKilledProcessLeftIsRemovedWithTheNextFile) {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    NewFile file(folder / "x");
    file.append("half");
    ::raise(SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  ASSERT_EQ(entries(folder.path()), 1);
  write_text_atomically(folder / "y", "whole");
  EXPECT_EQ(entries(folder.path()), 1);
}

}  // namespace
}  // namespace lutra
