#pragma once
#include <filesystem>
#include <string>

#include "base/error.h"
#include "base/process.h"

namespace lutra {

/// The line of a tool's output that a person needs to see: the first that tells of an error, without the folders in
/// front of the name of a file; the last one when none does.
std::string error_line(const std::string& output);

/// What a tool that failed says, as an Error. When a full disk or a limit of the system was the cause, that is named,
/// with the folder in which the tool worked.
Error tool_error(const std::string& problem, const ProcessResult& result, const std::filesystem::path& folder,
                 const std::string& suggestion);

/// A name inside `work` for a folder anywhere, for tools whose scripts and makefiles cannot have blanks or quotes in a
/// path: a link, which replaces an older one. Returns `name`. Error when it cannot be made.
std::string link_folder(const std::filesystem::path& work, const std::string& name,
                        const std::filesystem::path& folder);

}  // namespace lutra
