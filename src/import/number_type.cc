#include "import/number_type.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "base/contract.h"
#include "base/error.h"

namespace lutra {
namespace {

using Kind = NumberType::Kind;

template <int size>
struct Bits;
template <>
struct Bits<1> {
  using type = std::uint8_t;
};
template <>
struct Bits<2> {
  using type = std::uint16_t;
};
template <>
struct Bits<4> {
  using type = std::uint32_t;
};
template <>
struct Bits<8> {
  using type = std::uint64_t;
};

/// The bytes as an unsigned integer, whatever the machine's byte order.
template <class U>
U load(const char* bytes, bool big_endian) {
  U value = 0;
  for (std::size_t i = 0; i < sizeof(U); ++i) {
    const std::size_t at = big_endian ? i : sizeof(U) - 1 - i;
    value = static_cast<U>(static_cast<U>(value << (sizeof(U) > 1 ? 8 : 0)) | static_cast<unsigned char>(bytes[at]));
  }
  return value;
}

/// IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits.
double half_to_real(std::uint16_t half) {
  const int exponent = half >> 10 & 31;
  const int fraction = half & 1023;
  double value = 0;
  if (exponent == 31)
    value = fraction ? std::nan("") : HUGE_VAL;
  else
    value = exponent ? std::ldexp(fraction + 1024, exponent - 25) : std::ldexp(fraction, -24);
  return half >> 15 ? -value : value;
}

template <class T>
double to_double(const char* bytes, bool big_endian) {
  using U = typename Bits<sizeof(T)>::type;
  return static_cast<double>(std::bit_cast<T>(load<U>(bytes, big_endian)));
}

double half(const char* bytes, bool big_endian) { return half_to_real(load<std::uint16_t>(bytes, big_endian)); }
double truth(const char* bytes, bool) { return *bytes ? 1 : 0; }

/// A decoder of many numbers of `size` bytes each.
template <double (*one)(const char*, bool), std::size_t size>
void each(const char* bytes, bool big_endian, std::span<double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = one(bytes + i * size, big_endian);
}

template <class T>
void numbers(const char* bytes, bool big_endian, std::span<double> values) {
  each<to_double<T>, sizeof(T)>(bytes, big_endian, values);
}

using Decoder = void (*)(const char*, bool, std::span<double>);

struct TypeRow {
  Kind kind;
  int bytes;
  char code;
  const char* name;
  Decoder decode;
};

constexpr TypeRow types[] = {
    {Kind::boolean, 1, 'b', "bool", each<truth, 1>},
    {Kind::signed_integer, 1, 'i', "int8", numbers<std::int8_t>},
    {Kind::signed_integer, 2, 'i', "int16", numbers<std::int16_t>},
    {Kind::signed_integer, 4, 'i', "int32", numbers<std::int32_t>},
    {Kind::signed_integer, 8, 'i', "int64", numbers<std::int64_t>},
    {Kind::unsigned_integer, 1, 'u', "uint8", numbers<std::uint8_t>},
    {Kind::unsigned_integer, 2, 'u', "uint16", numbers<std::uint16_t>},
    {Kind::unsigned_integer, 4, 'u', "uint32", numbers<std::uint32_t>},
    {Kind::unsigned_integer, 8, 'u', "uint64", numbers<std::uint64_t>},
    {Kind::real, 2, 'f', "float16", each<half, 2>},
    {Kind::real, 4, 'f', "float32", numbers<float>},
    {Kind::real, 8, 'f', "float64", numbers<double>},
};

const TypeRow& row_of(NumberType type) {
  for (const TypeRow& row : types)
    if (row.kind == type.kind && row.bytes == type.bytes) return row;
  contract_broken("known number type", std::source_location::current());
}

}  // namespace

std::string to_string(NumberType type) {
  return std::string(row_of(type).name) + (type.big_endian && type.bytes > 1 ? " big-endian" : "");
}

NumberType parse_numpy_type(const std::string& code, const std::string& where) {
  const bool has_order = !code.empty() && std::string_view("<>|=").find(code[0]) != std::string_view::npos;
  std::string rest = code.substr(has_order ? 1 : 0);
  if (rest == "?") rest = "b1";
  const bool big_endian = code[0] == '>' || (code[0] == '=' && std::endian::native == std::endian::big);
  for (const TypeRow& row : types)
    if (rest == row.code + std::to_string(row.bytes)) return {row.kind, row.bytes, row.bytes > 1 && big_endian};
  throw Error(where + " has type \"" + code + "\", which is not a plain number",
              "bool, int8-64, uint8-64 and float16-64 are read", "Convert it with numpy's astype(\"float32\")");
}

void decode(std::span<const char> bytes, NumberType type, std::span<double> values) {
  const auto size = static_cast<std::size_t>(type.bytes);
  expects(bytes.size() == values.size() * size, "as many bytes as numbers need");
  row_of(type).decode(bytes.data(), type.big_endian, values);
}

}  // namespace lutra
