#pragma once
#include <cstddef>
#include <span>
#include <string>

namespace lutra {

/// How a number is stored in a foreign file.
struct NumberType {
  enum class Kind { boolean, signed_integer, unsigned_integer, real };
  Kind kind = Kind::real;
  int bytes = 8;  // 1 for boolean; 1, 2, 4, 8 for integers; 2, 4, 8 for reals (IEEE 754)
  bool big_endian = false;
  friend bool operator==(const NumberType&, const NumberType&) = default;
};

/// "float32", "int16 big-endian".
std::string to_string(NumberType type);

/// NumPy's type code, such as "<f4", "|u1", ">i2", "?". Error naming `where` for text, complex, structured, object and
/// other types that are not plain numbers.
NumberType parse_numpy_type(const std::string& code, const std::string& where);

/// Decodes values.size() numbers. 64-bit integers beyond 2^53 are rounded to the nearest double.
void decode(std::span<const char> bytes, NumberType type, std::span<double> values);

}  // namespace lutra
