#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace lutra {

/// One place where a source can be changed: `length` characters from `at` become `planted`, in which # stands for the
/// number of the mutant (planted.h). `before` and `after` tell a person what changes.
struct Site {
  std::size_t at = 0;
  std::size_t length = 0;
  std::string before;
  std::string after;
  std::string planted;
};

/// Where a source formatted by clang-format can be changed, in order: operators, numbers, truth values, results,
/// statements that are one call. Works on the text alone: binary operators stand between spaces, templates' angle
/// brackets do not. Comments, strings, preprocessor lines and what is computed by the compiler are left alone.
std::vector<Site> find_sites(const std::string& source);

/// Line of a position, from 1.
std::size_t line_of(const std::string& source, std::size_t at);

}  // namespace lutra
