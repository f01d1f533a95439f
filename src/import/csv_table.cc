#include "import/csv_table.h"

#include <algorithm>
#include <set>

#include "base/contract.h"
#include "base/error.h"
#include "base/json.h"
#include "import/csv_lines.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_columns = 1 << 16;

char separator_of(const CsvOptions& options) {
  if (options.separator == "semicolon") return ';';
  if (options.separator == "tab") return '\t';
  return options.separator == "space" ? ' ' : ',';
}

std::string in_quotes(std::string_view text) {
  const bool cut = text.size() > 40;
  return "\"" + utf8_text(std::string(text.substr(0, 40))) + (cut ? "..." : "") + "\"";
}

/// What the first line tells.
struct Layout {
  fs::path path;
  char separator = ',';
  bool has_header = false;
  std::vector<std::string> names;
};

class CsvRows : public RowReader {
 public:
  CsvRows(const Layout& layout, const std::vector<Wanted>& wanted)
      : layout_(layout),
        wanted_(wanted),
        lines_(open_bytes(layout.path), layout.path.string()),
        splitter_(layout.separator) {
    std::string_view header;
    if (layout.has_header) lines_.next(header);
  }

  std::size_t next(std::size_t count, std::vector<double>& values) override {
    std::size_t rows = 0;
    for (std::string_view line; rows < count && lines_.next(line);) {
      if (line.empty() && rest_is_blank()) break;
      split(line);
      for (const Wanted& want : wanted_) values.push_back(number(want));
      ++rows;
    }
    return rows;
  }

  std::string place(std::uint64_t row, std::size_t column) const override {
    return where(row + 1 + (layout_.has_header ? 1 : 0), wanted_[column].array);
  }

 private:
  std::string where(std::uint64_t line, std::size_t column) const {
    return layout_.path.string() + " line " + std::to_string(line) + ", column " + std::to_string(column + 1) + " (" +
           in_quotes(layout_.names[column]) + ")";
  }
  std::string line_text(std::uint64_t line) const { return layout_.path.string() + " line " + std::to_string(line); }

  /// Blank lines are fine at the end only: in between they would shift rows unnoticed.
  bool rest_is_blank() {
    const std::uint64_t blank = lines_.number();
    for (std::string_view line; lines_.next(line);)
      if (!line.empty()) throw Error(line_text(blank) + " is blank", "more rows follow", "Remove the line");
    return true;
  }

  void split(std::string_view line) {
    const bool closed = splitter_.split(line);
    if (!closed) throw Error(line_text(lines_.number()) + " has a quote that is not closed", "", "");
    const std::size_t got = splitter_.fields().size(), expected = layout_.names.size();
    if (got != expected)
      throw Error(line_text(lines_.number()) + " is ragged",
                  std::to_string(got) + " columns instead of " + std::to_string(expected),
                  "Every row needs a field for every column");
  }

  double number(const Wanted& want) const {
    const std::string_view field = splitter_.fields()[want.array];
    if (want.vocabulary) {
      const auto found = want.vocabulary->find(std::string(field));
      if (found != want.vocabulary->end()) return found->second;
    }
    double value = 0;
    if (parse_real(field, value)) return value;
    const std::string at = where(lines_.number(), want.array);
    if (field.empty()) throw Error(at + " is empty", "missing values cannot be learned from", "Fill or remove the row");
    throw Error(at + ": " + in_quotes(field) + " is not a number" + known(want), "", "");
  }

  static std::string known(const Wanted& want) {
    if (!want.vocabulary || want.vocabulary->empty()) return "";
    std::string text = " and not one of";
    for (const auto& [name, value] : *want.vocabulary) text += " " + in_quotes(name);
    return text;
  }

  Layout layout_;
  std::vector<Wanted> wanted_;
  LineReader lines_;
  FieldSplitter splitter_;
};

/// numpy.savetxt puts "# " in front of a header.
std::string_view without_hash(std::string_view line) {
  if (!line.starts_with('#')) return line;
  const std::size_t text = line.find_first_not_of("# ");
  return text == std::string_view::npos ? std::string_view() : line.substr(text);
}

bool is_header(const CsvOptions& options, const std::vector<std::string_view>& fields) {
  if (options.header != "auto") return options.header == "yes";
  double ignored = 0;
  return std::any_of(fields.begin(), fields.end(), [&](auto f) { return !f.empty() && !parse_real(f, ignored); });
}

Layout read_layout(const fs::path& path, const CsvOptions& options) {
  Layout layout{path, separator_of(options), false, {}};
  LineReader lines(open_bytes(path), path.string());
  std::string_view line;
  if (!lines.next(line) || line.empty()) throw Error(path.string() + " line 1 is blank", "", "Write the file again");
  FieldSplitter splitter(layout.separator);
  if (!splitter.split(without_hash(line)))
    throw Error(path.string() + " line 1 has a quote that is not closed", "", "");
  if (splitter.fields().size() > max_columns)
    throw Error(path.string() + " has more than 65536 columns", "", "Store them as one array (.npy)");
  layout.has_header = is_header(options, splitter.fields());
  for (std::size_t i = 0; i < splitter.fields().size(); ++i)
    layout.names.push_back(layout.has_header ? utf8_text(std::string(splitter.fields()[i])) : std::to_string(i));
  if (layout.has_header && (!lines.next(line) || line.empty()))
    throw Error(path.string() + " is empty", "it has a header but no rows", "Write the file again");
  return layout;
}

class CsvTable : public TableFile {
 public:
  CsvTable(const fs::path& path, const CsvOptions& options)
      : TableFile(path, "csv"), layout_(read_layout(path, options)) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < layout_.names.size(); ++i) {
      const std::string& name = layout_.names[i];
      if (!seen.insert(name).second)
        throw Error(path.string() + " line 1: two columns are called " + in_quotes(name), "",
                    "Give every column its own name");
      arrays_.push_back({name, {}, std::nullopt, "text"});
    }
  }

  std::unique_ptr<RowReader> open(const std::vector<Wanted>& wanted) const override {
    for (const Wanted& want : wanted) expects(want.array < arrays_.size(), "a column of this file");
    return std::make_unique<CsvRows>(layout_, wanted);
  }

 private:
  Layout layout_;
};

}  // namespace

std::unique_ptr<TableFile> open_csv(const fs::path& path, const CsvOptions& options) {
  return std::make_unique<CsvTable>(path, options);
}

void describe(Fields& f, CsvOptions& c) {
  f.choice("header", c.header, {"auto", "yes", "no"},
           "does the first line name the columns (auto: when it holds text)");
  f.choice("separator", c.separator, {"comma", "semicolon", "tab", "space"}, "what stands between two fields");
}

}  // namespace lutra
