#include "compile/digits.h"

#include "fixed/wide.h"

namespace lutra {

std::vector<Digit> signed_digits(int signal, std::int64_t weight, int delay, bool low_threes) {
  std::vector<Digit> digits;
  const bool minus = weight < 0;
  Wide rest = minus ? -Wide{weight} : Wide{weight};
  for (int shift = 0; rest != 0; ++shift, rest >>= 1) {
    if ((rest & 1) == 0) continue;
    const bool three = low_threes && (rest & 15) == 3;
    const bool negative = (rest & 3) == 3 && !three;  // ...11: -1 here and a carry
    digits.push_back({signal, shift, negative != minus, delay});
    rest += negative ? 1 : -1;
  }
  return digits;
}

}  // namespace lutra
