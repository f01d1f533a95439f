#pragma once
#include <string>

#include "base/config.h"

namespace lutra {

/// How a text table is laid out.
struct CsvOptions {
  std::string header = "auto";      // auto: the first line is a header when it holds a text that is not a number
  std::string separator = "comma";  // comma, semicolon, tab or space
};

void describe(Fields& f, CsvOptions& c);

}  // namespace lutra
