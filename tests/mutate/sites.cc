#include "sites.h"

#include <algorithm>
#include <map>
#include <regex>

#include "blank.h"

namespace lutra {
namespace {

struct Swapped {
  const char* to;
  const char* function;
};

const std::map<std::string, Swapped> binary_operators = {
    {"+", {"-", "minus"}},          {"-", {"+", "plus"}},           {"*", {"/", "divides"}},
    {"/", {"*", "multiplies"}},     {"%", {"*", "multiplies"}},     {"<", {"<=", "less_equal"}},
    {"<=", {"<", "less"}},          {">", {">=", "greater_equal"}}, {">=", {">", "greater"}},
    {"==", {"!=", "not_equal_to"}}, {"!=", {"==", "equal_to"}}};

const char* const at_other = "lutra::planted::At<#, lutra::planted::Other>{}->*";

std::string given(const char* change) {
  return std::string("lutra::planted::Given<#, lutra::planted::") + change + ">{} = ";
}

/// One rule: what it looks for, and the site of a match, if it is one. Group 1 is what changes.
struct Rule {
  std::regex pattern;
  Site (*site)(const std::string& found);
};

Site binary(const std::string& op) {
  const Swapped& swapped = binary_operators.at(op);
  return {0, op.size(), op, swapped.to, op + " lutra::planted::Swap<#, std::" + swapped.function + "<>>{} " + op};
}

Site logical(const std::string& op) {
  return {0, op.size(), op, op == "&&" ? "&& true ||" : "|| false &&",
          op + " lutra::planted::Dropped<#>{} " + op.substr(1)};
}

Site compound(const std::string& op) {
  const bool sum = op[0] == '+' || op[0] == '-';
  return {0, op.size(), op, sum ? (op == "+=" ? "-=" : "+=") : op + " another",
          op + " " + given(sum ? "Negated" : "Other")};
}

Site inverted(const std::string& op) { return {0, 1, op, "", at_other + op}; }

Site down(const std::string& op) { return {0, 2, op, "--", "lutra::planted::At<#, lutra::planted::Down>{}->*"}; }

Site number(const std::string& value) {
  const bool real = value.find('.') != std::string::npos || (value.find('e') < value.size() && value[1] != 'x');
  return {0, value.size(), value, real ? "twice " + value + " (1 for 0)" : value + " + 1", at_other + value};
}

Site truth(const std::string& value) {
  return {0, value.size(), value, value == "true" ? "false" : "true", at_other + value};
}

Site result(const std::string& word) {
  return {0, word.size(), word, "return not, one more, or an empty", word + given("Other")};
}

Site statement(const std::string& call) {
  return {0, call.size(), call, "", "if (lutra::planted::on(#)) {} else " + call};
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all = {
      {std::regex(R"([\w)\]"] ([-+*/%<>]|[<>=!]=)(?=[ \n][^.]))"), binary},
      {std::regex(R"([\w)\]"] (&&|\|\|)(?=[ \n][^.]))"), logical},
      {std::regex(R"([\w)\]] ([-+*/]=)(?=[ \n][^{]))"), compound},
      {std::regex(R"([( \[](!)(?=[\w(*]))"), inverted},
      {std::regex(R"([( ;](\+\+)(?=[\w(*]))"), down},
      {std::regex(R"((?:[\[( {]|[^<]<<)(0x[0-9a-fA-F']+[uUlL]*|\d[\d']*\.?\d*(?:e[-+]?\d+)?[fuUlL]*)(?=[\]),; }]))"),
       number},
      {std::regex(R"([( {](true|false)(?=[),; }]))"), truth},
      {std::regex(R"(\s(return )(?=[^{";\s]+[^;\s\w]|\w+ [^;]))"), result},
      {std::regex(R"([;{})\n]\n +([a-z_][\w.:]*(?:->[\w.:]+)*\([^\n]*\);)(?=\n))"), statement},
  };
  return all;
}

/// Places that look like a site and are none.
bool is_none(const std::string& text, const Site& site) {
  const std::string before = text.substr(site.at > 12 ? site.at - 12 : 0, std::min<std::size_t>(site.at, 12));
  if (before.ends_with("operator") || before.ends_with("operator ")) return true;
  if (site.before == "0" && before.ends_with(") = ")) return true;  // pure virtual
  if (site.before == "0" && before.ends_with("const = ")) return true;
  if (site.before.starts_with("return") && text.compare(site.at, 15, "return nullptr;") == 0) return true;
  if (site.before.starts_with("return") && text.compare(site.at, 16, "return std::move") == 0) return true;
  if (site.after.empty() && site.before.starts_with("expects(")) return true;  // guards against our own bugs
  return site.after.empty() && site.before.starts_with("return(");
}

}  // namespace

std::vector<Site> find_sites(const std::string& source) {
  const std::string text = blanked(source);
  std::vector<Site> sites;
  for (const Rule& rule : rules())
    for (auto it = std::sregex_iterator(text.begin(), text.end(), rule.pattern); it != std::sregex_iterator(); ++it) {
      const auto at = static_cast<std::size_t>(it->position(1));
      Site site = rule.site(source.substr(at, static_cast<std::size_t>(it->length(1))));
      site.at = at;
      if (!is_none(text, site)) sites.push_back(site);
    }
  std::ranges::sort(sites, {}, &Site::at);
  return sites;
}

std::size_t line_of(const std::string& source, std::size_t at) {
  return 1 +
         static_cast<std::size_t>(std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace lutra
