#include "ir/check.h"

#include "base/error.h"

namespace lutra {
namespace {

constexpr int max_shift = 62;

class Checker {
 public:
  Checker(const Program& program, const std::string& where) : program_(program), where_(where) {}

  void run() {
    if (program_.interval < 1 || program_.result_clock < 0 || program_.interval > 65536 ||
        program_.result_clock > 65536)
      throw Error(where_ + ": bad interval", "", "");
    for (id_ = 0; id_ < static_cast<int>(program_.values.size()); ++id_) check(program_.value(id_));
    for (const Output& o : program_.outputs) {
      id_ = o.value;
      require(o.value >= 0 && o.value < static_cast<int>(program_.values.size()), "an output names no value");
      const Interval range = program_.value(o.value).range;
      const Interval whole = interval_of(o.format);
      require(whole.contains(range.lo) && whole.contains(range.hi), "an output does not fit its format");
    }
  }

 private:
  void require(bool holds, const char* what) const {
    if (!holds) throw Error(where_ + ": value %" + std::to_string(id_) + ": " + what, "", "");
  }

  void check(const Value& v) const {
    const auto args = static_cast<int>(v.args.size());
    require(args >= info(v.op).min_args && args <= info(v.op).max_args, "wrong number of arguments");
    for (const Operand& o : v.args) {
      require(o.value >= 0 && o.value < id_, "an argument is not an earlier value");
      require(v.op == Opcode::sum || (o.shift == 0 && !o.negative), "only sums shift and subtract");
      require(o.shift >= 0 && o.shift <= max_shift, "a shift is out of range");
    }
    require(v.layer >= -1 && v.layer < static_cast<int>(program_.layers.size()), "it belongs to no layer");
    check_immediates(v);
    require(v.range.lo <= v.range.hi, "its range is empty");
    const Interval natural = natural_range(program_, v);
    require(natural.contains(v.range.lo) && natural.contains(v.range.hi), "its range is wider than the op can produce");
  }

  void check_immediates(const Value& v) const {
    switch (info(v.op).immediates) {
      case Immediates::index:
        return require(v.a >= 0 && v.a < program_.inputs, "there is no such input");
      case Immediates::bits:
        return require(v.a >= (v.op == Opcode::even ? 1 : 0) && v.a <= max_shift, "bad bit count");
      case Immediates::limits:
        return require(v.a <= v.b, "its limits are crossed");
      case Immediates::format:
        return require(v.a >= 1 && v.a <= 63 && (v.b == 0 || v.b == 1), "bad format");
      case Immediates::table:
        return check_table(v);
      case Immediates::none:
      case Immediates::value:
      case Immediates::addend:
        return;
    }
  }

  void check_table(const Value& v) const {
    require(v.a >= 0 && v.a < static_cast<std::int64_t>(program_.tables.size()), "there is no such table");
    const Interval index = program_.value(v.args[0].value).range;
    const auto size = static_cast<std::int64_t>(program_.tables[static_cast<std::size_t>(v.a)].size());
    require(v.b <= index.lo && index.hi - v.b < size, "its argument can leave the table");
  }

  const Program& program_;
  const std::string& where_;
  int id_ = 0;
};

}  // namespace

void check_program(const Program& program, const std::string& where) { Checker(program, where).run(); }

}  // namespace lutra
