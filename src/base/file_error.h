#pragma once
#include <filesystem>
#include <string>

#include "base/error.h"

namespace lutra {

/// What the system refused to do with a file, in the one wording that is used everywhere: "cannot write a.json (the
/// disk is full). Free some space". `task` is a verb, "read", "write", "make the folder"; `number` an errno. `advice`
/// replaces the usual one.
Error file_error(const std::string& task, const std::filesystem::path& path, int number, const char* advice = nullptr);

/// The same for something that is no regular file: "cannot write a.json (it is a folder). Name a file".
Error not_a_file(const std::string& task, const std::filesystem::path& path, std::filesystem::file_type type);

/// What an exception of the standard library's file functions means.
Error file_error(const std::filesystem::filesystem_error& error);

/// Error when the file system of a folder has no room left: some tools do not look whether their files could be
/// written.
void check_space(const std::filesystem::path& folder);

/// Error unless a regular file that can be read lies there, or a link to one.
void check_readable(const std::filesystem::path& path);

/// Makes the folder and those above it. Error when that cannot be done.
void make_folder(const std::filesystem::path& path);

/// Removes a file, or a folder with everything in it; nothing may be there. Error when that cannot be done.
void remove_tree(const std::filesystem::path& path);

/// Moves a file or folder to another name in the same file system, in place of a file that has it. Error when that
/// cannot be done.
void move_to(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace lutra
