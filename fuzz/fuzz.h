#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

/// A fuzz target calls this with what it does to the bytes: bad input must end in Error, never in a crash, a hang, a
/// sanitizer's complaint or any other exception.
template <class Parse>
int survive(const std::uint8_t* data, std::size_t size, const Parse& parse) {
  try {
    parse(std::string_view(reinterpret_cast<const char*>(data), size));
  } catch (const lutra::Error&) {
    return 0;
  }
  return 0;
}

/// What libFuzzer, or replay.cc without it, calls with every input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

#define LUTRA_FUZZ(parse)                                                             \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    return survive(data, size, parse);                                                \
  }
