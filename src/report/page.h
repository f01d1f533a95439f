#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"

namespace lutra {

/// One entry of a table. With a value it sorts as a number, is copied with full precision, and lo..hi is its interval.
struct Cell {
  std::string text;
  std::optional<double> value;
  std::optional<double> lo;
  std::optional<double> hi;
  std::string range = {};  // the interval for people, on a line of its own
};

struct TableColumn {
  std::string name;
  std::string unit;  // may be empty
};

struct Table {
  std::string id;  // unique in the page: letters, digits, '-'
  std::string caption;
  std::vector<TableColumn> columns;
  std::vector<std::vector<Cell>> rows;   // each as long as columns
  std::vector<std::string> groups = {};  // of every row; neighbours of one group stand under its name. Empty: no groups
  bool folded = false;                   // shown on demand only
};

/// An interactive plot: a Vega-Lite specification with its data inside.
struct Figure {
  std::string id;
  std::string caption;
  Json spec;
};

/// A drawing made here, as an <svg> element whose texts are already escaped.
struct Drawing {
  std::string id;
  std::string caption;
  std::string svg;
};

enum class Judgement { none, good, bad, between };

/// One headline number.
struct KeyNumber {
  std::string label;
  std::string value;
  std::string detail;
  Judgement verdict = Judgement::none;
};

struct Tiles {
  std::vector<KeyNumber> tiles;
};

struct Paragraph {
  std::string text;
};

/// A judgement: coloured, its first words strong.
struct Finding {
  std::string strong;
  std::string text;
  Judgement verdict = Judgement::none;
};

/// Begins a part of a section.
struct Heading {
  std::string text;
};

/// A part of the study that was not run, and the command that makes it.
struct Missing {
  std::string what;
  std::string command;
};

/// Preformatted text, folded away under its caption.
struct Listing {
  std::string caption;
  std::string text;
};

using Block = std::variant<Paragraph, Finding, Heading, Tiles, Table, Figure, Drawing, Missing, Listing>;

struct Section {
  std::string id;
  std::string title;
  std::vector<Block> blocks;
};

struct Page {
  std::string title;
  std::string subtitle;
  std::vector<Section> sections;
};

/// One self-contained HTML file: style, script, plots and data inside; it asks for nothing from outside.
std::string render(const Page& page);

}  // namespace lutra
