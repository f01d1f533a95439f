#pragma once
#include <stdexcept>
#include <string>

namespace lutra {

/// Bad input from outside: a file, a study, a flag, a missing tool. Shown to the person as one line
/// "problem (why). suggestion" (control characters become spaces) and turned into exit status 2, once, in cli/app.cc.
class Error : public std::runtime_error {
 public:
  /// `problem` says what is wrong and where, `why` the detail (may be empty), `suggestion` what to do (may be empty).
  Error(const std::string& problem, const std::string& why, const std::string& suggestion);
};

/// The person asked to stop (Ctrl-C). Not an error: finished work is kept and a later run resumes.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted") {}
};

}  // namespace lutra
