#include "base/config.h"
#include "fuzz/fuzz.h"

namespace {

/// One of every kind of key.
struct Config {
  double number = 1;
  std::int64_t integer = 2;
  bool flag = false;
  std::string text, choice = "a";
  std::vector<double> numbers;
  std::vector<std::int64_t> integers, members;
};

void describe(lutra::Fields& f, Config& c) {
  f.number("number", c.number, {0, 10}, "");
  f.integer("integer", c.integer, {-5, 5}, "");
  f.flag("flag", c.flag, "");
  f.text("text", c.text, "");
  f.choice("choice", c.choice, {"a", "b"}, "");
  f.group("group", "", [&] {
    f.numbers("numbers", c.numbers, {}, "");
    f.integers("integers", c.integers, {0, 100}, "");
  });
  f.list(
      "list", "", c.members.size(), [&](std::size_t n) { c.members.resize(n); },
      [&](std::size_t i) { f.integer("member", c.members[i], {}, ""); });
}

/// What is read can be written and read again.
void parse(std::string_view text) {
  Config config;
  const auto describe_it = [&](lutra::Fields& f) { describe(f, config); };
  lutra::read_toml_text(std::string(text), "study.toml", describe_it);
  lutra::read_toml_text(lutra::config_template(describe_it), "written", describe_it);
}

}  // namespace

LUTRA_FUZZ(parse)
