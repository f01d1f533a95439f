#include "compile/side_by_side.h"

namespace lutra {

int side_by_side(Builder& builder, const std::vector<PatternPart>& parts, int frac) {
  std::vector<Operand> fields;
  int bits = 0;
  for (const PatternPart& part : parts) {
    fields.push_back({builder.wrap(part.value, {part.bits, builder.value(part.value).frac, false}), bits});
    bits += part.bits;
    if (fields.size() == 3) fields = {{builder.sum(fields, 0, frac)}};
  }
  return builder.sum(fields, 0, frac);
}

int table_of(Builder& builder, const std::vector<PatternPart>& parts, const TruthTable& table, Format format) {
  const int index = side_by_side(builder, parts);
  const Interval range = builder.value(index).range;
  std::vector<std::int64_t> entries;
  for (std::int64_t i = range.lo; i <= range.hi; ++i) {
    auto entry = static_cast<std::int64_t>(table.patterns[static_cast<std::size_t>(i)]);
    if (format.is_signed && entry > format.max()) entry -= std::int64_t{1} << format.bits;
    entries.push_back(entry);
  }
  return builder.table(index, std::move(entries), range.lo, format.frac);
}

}  // namespace lutra
