#include "ir/text.h"

#include <charconv>
#include <sstream>

#include "base/comment.h"
#include "base/error.h"
#include "base/name.h"
#include "ir/check.h"

namespace lutra {
namespace {

int immediate_count(Immediates immediates) {
  switch (immediates) {
    case Immediates::none:
      return 0;
    case Immediates::index:
    case Immediates::value:
    case Immediates::addend:
    case Immediates::bits:
      return 1;
    case Immediates::limits:
    case Immediates::format:
    case Immediates::table:
      return 2;
  }
  return 0;
}

void print_value(std::ostream& out, int id, const Value& v) {
  out << '%' << id << " = " << info(v.op).name << '(';
  for (std::size_t i = 0; i < v.args.size(); ++i) {
    out << (i == 0 ? "" : ", ") << (v.args[i].negative ? "-" : "") << '%' << v.args[i].value;
    if (v.args[i].shift != 0) out << "<<" << v.args[i].shift;
  }
  out << ')';
  const int immediates = immediate_count(info(v.op).immediates);
  if (immediates > 0) out << ' ' << v.a;
  if (immediates > 1) out << ' ' << v.b;
  out << " in [" << v.range.lo << ", " << v.range.hi << "] " << to_string(format_of(v)) << " layer " << v.layer << '\n';
}

/// Reads one line piece by piece.
class Cursor {
 public:
  Cursor(const std::string& line, std::string where) : rest_(line), where_(std::move(where)) {}

  bool accept(std::string_view literal) {
    if (rest_.substr(0, literal.size()) != literal) return false;
    rest_.remove_prefix(literal.size());
    return true;
  }

  void expect(std::string_view literal) {
    if (!accept(literal))
      throw Error(where_ + ": expected \"" + std::string(literal) + "\"", "found \"" + std::string(rest_) + "\"", "");
  }

  std::int64_t integer() {
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (code != std::errc()) throw Error(where_ + ": expected an integer", "found \"" + std::string(rest_) + "\"", "");
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  int index() {
    const std::int64_t value = integer();
    if (value < -1 || value > 1'000'000'000) throw Error(where_ + ": index out of range", std::to_string(value), "");
    return static_cast<int>(value);
  }

  std::string until(char end) {
    const auto place = rest_.find(end);
    const std::string word(rest_.substr(0, place));
    rest_.remove_prefix(std::min(rest_.size(), word.size() + (place == std::string_view::npos ? 0 : 1)));
    return word;
  }

  bool done() const { return rest_.empty(); }
  const std::string& where() const { return where_; }

 private:
  std::string_view rest_;
  std::string where_;
};

Operand parse_operand(Cursor& c) {
  Operand o;
  o.negative = c.accept("-");
  c.expect("%");
  o.value = c.index();
  if (c.accept("<<")) o.shift = c.index();
  return o;
}

Value parse_value(Cursor& c, int id) {
  if (c.index() != id) throw Error(c.where() + ": values are numbered from 0 in order", "", "");
  c.expect(" = ");
  Value v;
  v.op = parse_opcode(c.until('('), c.where());
  while (!c.accept(")")) {
    v.args.push_back(parse_operand(c));
    c.accept(", ");
  }
  const int immediates = immediate_count(info(v.op).immediates);
  if (immediates > 0) c.expect(" "), v.a = c.integer();
  if (immediates > 1) c.expect(" "), v.b = c.integer();
  c.expect(" in [");
  v.range.lo = c.integer();
  c.expect(", ");
  v.range.hi = c.integer();
  c.expect("] ");
  v.frac = parse_format(c.until(' '), c.where()).frac;
  c.expect("layer ");
  v.layer = c.index();
  return v;
}

void parse_line(Cursor& c, Program& program) {
  if (c.accept("program ")) {
    program.inputs = c.index();
    c.expect(" ");
    program.input_format = parse_format(c.until(' '), c.where());
    program.name = c.until('\n');
    check_name(program.name, c.where(), "the program");
  } else if (c.accept("clocks ")) {
    program.interval = c.index();
    c.expect(" ");
    program.result_clock = c.index();
  } else if (c.accept("layer ")) {
    program.layers.push_back(c.until('\n'));
    check_name(program.layers.back(), c.where(), "the layer");
  } else if (c.accept("table")) {
    auto& table = program.tables.emplace_back();
    while (c.accept(" ")) table.push_back(c.integer());
  } else if (c.accept("output %")) {
    const int value = c.index();
    c.expect(" ");
    program.outputs.push_back({value, parse_format(c.until('\n'), c.where())});
  } else {
    c.expect("%");
    program.values.push_back(parse_value(c, static_cast<int>(program.values.size())));
  }
  if (!c.done()) throw Error(c.where() + ": text after the end of the line", c.until('\n'), "");
}

}  // namespace

std::string print_program(const Program& program) {
  std::ostringstream out;
  out << "program " << program.inputs << ' ' << to_string(program.input_format) << ' ' << comment_text(program.name)
      << '\n';
  if (program.interval != 1 || program.result_clock != 0)
    out << "clocks " << program.interval << ' ' << program.result_clock << '\n';
  for (const std::string& layer : program.layers) out << "layer " << comment_text(layer) << '\n';
  for (const auto& table : program.tables) {
    out << "table";
    for (const std::int64_t entry : table) out << ' ' << entry;
    out << '\n';
  }
  for (std::size_t i = 0; i < program.values.size(); ++i) print_value(out, static_cast<int>(i), program.values[i]);
  for (const Output& o : program.outputs) out << "output %" << o.value << ' ' << to_string(o.format) << '\n';
  return out.str();
}

Program parse_program(const std::string& text, const std::string& where) {
  Program program;
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    Cursor cursor(line, where + " line " + std::to_string(++number));
    parse_line(cursor, program);
  }
  check_program(program, where);
  return program;
}

}  // namespace lutra
