#include "rtl/design_check.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/error.h"
#include "base/name.h"
#include "rtl/identifier.h"

namespace lutra {
namespace {

constexpr double longest_clock_ns = 1000;  // as compile allows
constexpr int most_cycles = 1 << 20;
constexpr int most_bits = 1 << 24;  // of a port

class Checker {
 public:
  Checker(const Design& design, const std::string& where) : d_(design), where_(where) {}

  void run() const {
    require(is_identifier(d_.top), "\"top\" is no name of a module: \"" + printable(d_.top) + "\"");
    check_clocks();
    check_ports();
    check_files();
    require(d_.network_hash.empty() || is_hash(d_.network_hash), "\"network_hash\" is no hash");
    require(d_.cost.is_null() || d_.cost.is_object(), "\"cost\" is no object");
    require(d_.chain.is_null() || d_.chain.is_object(), "\"chain\" is neither null nor an object");
  }

 private:
  void require(bool holds, const std::string& problem) const {
    if (!holds) throw Error(where_ + ": " + problem, "no version of Lutra writes this", "Compile again");
  }

  static bool is_hash(const std::string& text) {
    return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
  }

  void check_clocks() const {
    require(d_.clock_ns > 0 && d_.clock_ns <= longest_clock_ns, "\"clock_ns\" is impossible");
    require(d_.chunks >= 1 && d_.interval_cycles >= d_.chunks && d_.interval_cycles <= most_cycles,
            "\"chunks\" or \"interval_cycles\" is impossible");
    require(d_.latency_cycles >= 0 && d_.latency_cycles <= most_cycles, "\"latency_cycles\" is impossible");
  }

  void check_ports() const {
    require(d_.inputs >= 1 && d_.inputs <= most_bits / d_.input_format.bits, "\"inputs\" is impossible");
    const Interval format = interval_of(d_.input_format);
    require(d_.input_range.lo <= d_.input_range.hi && format.contains(d_.input_range.lo) &&
                format.contains(d_.input_range.hi),
            "\"input_min\" and \"input_max\" are no range of the input's format");
    require(!d_.outputs.empty() && d_.outputs.size() <= most_bits / 64, "\"outputs\" is empty or too long");
  }

  /// Of a file beside design.json: so no path, no option, nothing that a script would need quotes for.
  static bool is_file_name(const std::string& name) {
    const auto is_word = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    const std::size_t dot = name.rfind('.');
    return name.size() <= 250 && dot != std::string::npos && dot > 0 && dot + 1 < name.size() &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return is_word(static_cast<unsigned char>(c)) || c == '.'; }) &&
           name[0] != '.';
  }

  void check_files() const {
    std::set<std::string> seen;
    for (const std::string& file : d_.files)
      require(is_file_name(file) && file.ends_with(".sv") && seen.insert(file).second,
              "\"files\" names what is no source: \"" + printable(file) + "\"");
    require(seen.contains(d_.top + ".sv"), "\"files\" lacks the module " + d_.top);
    require(d_.testbench == "tb_" + d_.top + ".sv", "\"testbench\" is not that of the module " + d_.top);
    seen.insert(d_.testbench);
    for (const auto& [name, hash] : d_.hashes)
      require(is_file_name(name) && name != "design.json" && is_hash(hash),
              "\"hashes\" holds no hash of a file: \"" + printable(name) + "\"");
    require(d_.hashes.empty() ||
                std::all_of(seen.begin(), seen.end(), [&](const auto& f) { return d_.hashes.contains(f); }),
            "\"hashes\" lacks a source");
  }

  const Design& d_;
  const std::string& where_;
};

}  // namespace

void check_design(const Design& design, const std::string& where) { Checker(design, where).run(); }

}  // namespace lutra
