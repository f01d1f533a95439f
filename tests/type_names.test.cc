#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <vector>

#include "sources.h"

namespace {

/// A struct, class or enum that is defined at namespace scope.
struct Definition {
  std::string name;   // with its namespaces: "lutra::Format"
  std::string where;  // file and line
  bool local;         // in a namespace without a name: nobody else's, but it must not hide a type of others
};

bool operator==(const Definition& a, const Definition& b) {
  return a.name == b.name && a.where == b.where && a.local == b.local;
}

/// What ends the raw string that begins in this line and does not end there; empty when none does.
std::string end_of_raw_string(const std::string& line) {
  static const std::regex begin(R"re(R"(\w*)\()re");
  std::smatch found;
  if (!std::regex_search(line, found, begin)) return "";
  const std::string end = ")" + found[1].str() + "\"";
  return found.suffix().str().find(end) == std::string::npos ? end : "";
}

/// Relies on the formatting: what is in no type and in no function begins its line.
class Scan {
 public:
  explicit Scan(std::string file) : file_(std::move(file)) {}

  std::vector<Definition> run(const std::string& text) && {
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) read(line, ++number);
    EXPECT_TRUE(names_.empty()) << file_ << ": a namespace does not end in a line \"}  // namespace\"";
    return std::move(found_);
  }

 private:
  void read(const std::string& line, int number) {
    static const std::regex opens(R"re(^(?:inline )?namespace(?: ([\w:]+))? \{)re");
    static const std::regex defines(
        R"re(^(?:template <.*> )?(?:struct|class|enum class|enum|union) (?:alignas\(\w+\) )?)re"
        R"re((\w+)(?: final)?(?: \{| : |$).*)re");
    if (!raw_end_.empty()) {
      if (line.find(raw_end_) != std::string::npos) raw_end_.clear();
      return;
    }
    raw_end_ = end_of_raw_string(line);
    std::smatch found;
    if (std::regex_search(line, found, opens)) names_.push_back(found[1]);
    if (line.starts_with("}  // namespace") && !names_.empty()) names_.pop_back();
    if (std::regex_match(line, found, defines)) add(found[1], number);
  }

  void add(const std::string& name, int number) {
    Definition definition{"", file_ + ":" + std::to_string(number), false};
    for (const std::string& outer : names_) {
      definition.local |= outer.empty();
      if (!outer.empty()) definition.name += outer + "::";
    }
    definition.name += name;
    found_.push_back(definition);
  }

  std::string file_;
  std::vector<std::string> names_;  // of the namespaces around, outermost first
  std::string raw_end_;             // of the raw string that the lines are in
  std::vector<Definition> found_;
};

/// One type under a name is enough for the compiler, not for the linker, which takes either of two.
TEST(TypeNames, OneTypeHasAName) {
  std::map<std::string, std::vector<Definition>> all;
  for_each_source([&](const std::string&, const std::filesystem::path& file) {
    for (Definition& found : Scan(file.lexically_relative(source).string()).run(text_of(file)))
      all[found.name].push_back(std::move(found));
  });
  EXPECT_GT(all.size(), 300u);
  for (const auto& [name, definitions] : all) {
    const auto local = std::count_if(definitions.begin(), definitions.end(), [](const auto& d) { return d.local; });
    if (static_cast<std::size_t>(local) == definitions.size()) continue;
    std::string places;
    for (const Definition& d : definitions) places += "\n  " + d.where;
    EXPECT_EQ(definitions.size(), 1u) << name
                                      << " is defined in several places; give them names of what they mean:" << places;
  }
}

TEST(TypeNames, TheScanFindsWhatIsDefinedAtNamespaceScope) {
  const std::string text =
      "namespace a::b {\n"
      "struct Declared;\n"
      "struct One {\n  struct Inner {};\n};\n"
      "namespace {\n"
      "class Two final : public One {};\n"
      "}  // namespace\n"
      "const char* text = R\"(\n"
      "struct Text {\n"
      ")\";\n"
      "template <int bits> struct Three {};\n"
      "struct One::Later {};\n"
      "enum class Four { four };\n"
      "}  // namespace a::b\n"
      "struct alignas(64) Five {\n};\n";
  const std::vector<Definition> expected = {{"a::b::One", "x.h:3", false},
                                            {"a::b::Two", "x.h:7", true},
                                            {"a::b::Three", "x.h:12", false},
                                            {"a::b::Four", "x.h:14", false},
                                            {"Five", "x.h:16", false}};
  EXPECT_EQ(Scan("x.h").run(text), expected);
}

}  // namespace
