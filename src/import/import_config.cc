#include "import/import_config.h"

#include <cstdint>
#include <limits>
#include <set>

#include "base/error.h"
#include "base/name.h"
#include "fixed/format.h"

namespace lutra {
namespace {

void require(bool holds, const std::string& problem, const std::string& suggestion) {
  if (!holds) throw Error("import: " + problem, "", suggestion);
}

void describe(Fields& f, ImportTarget& t) {
  f.text("name", t.name, "name of the quantity");
  f.text("unit", t.unit, "its unit");
  f.text("from", t.from, "selector of its values, one per event; empty: the array of this name");
  f.number("lo", t.lo, {}, "value that scales to 0");
  f.number("hi", t.hi, {}, "value that scales to 1; lo = hi: the range of the data");
}

void describe_inputs(Fields& f, ImportConfig& c) {
  f.text("inputs", c.inputs, "selector of the inputs: an image array, or features");
  f.integer("rows", c.rows, {0, 1 << 15}, "rows of the image that features are arranged in; 0: as the array says");
  f.integer("cols", c.cols, {0, 1 << 15}, "columns of it");
  f.text("input_format", c.input_format, "fixed-point format of every input, sBITS.FRAC or uBITS.FRAC");
  f.choice("rounding", c.rounding, {"half_even", "half_up", "down"}, "how inputs are rounded to it");
  f.numbers("input_scale", c.input_scale, {}, "stored input = raw x scale + offset; one number, or one per input");
  f.numbers("input_offset", c.input_offset, {}, "see input_scale");
  f.number("max_clipped", c.max_clipped, {0, 1}, "largest fraction of inputs that may lie outside the format");
}

void describe_split(Fields& f, ImportConfig& c) {
  f.choice(
      "split", c.split, {"random", "in_order", "column", "parts"},
      "random: by chance; in_order: first train, then validation, then test; column: as split_from says; parts: the "
      "parts of a+b (train+test, train of which validation is taken by chance) or a+b+c");
  f.text("split_from", c.split_from, "selector of the split for column: 0/1/2 or train/validation/test");
  f.number("train", c.train, {0, 1}, "fraction of events to train on");
  f.number("validation", c.validation, {0, 1}, "fraction of events to validate on; the rest is for testing");
  f.integer("split_seed", c.split_seed, {0, 1e15}, "seed of the split");
}

void check_targets(const ImportConfig& c) {
  require(c.targets.empty() || !c.is_classification(), "there are regression targets and classes",
          "Give [[target]] or classes, not both");
  require(!c.targets.empty() || c.is_classification(), "there are no targets",
          "Give [[target]], or classes and class_from");
  if (c.is_classification())
    require(!c.classes.empty() && !c.class_from.empty(), "classes and class_from belong together", "Give both");
  std::set<std::string> names;
  for (const ImportTarget& t : c.targets) {
    check_name(t.name, "import", "a target");
    require(names.insert(t.name).second, "target \"" + t.name + "\" is there twice", "");
    require(t.lo <= t.hi, "target \"" + t.name + "\" has lo > hi", "Exchange them");
  }
}

}  // namespace

void describe(Fields& f, ImportConfig& c) {
  describe_inputs(f, c);
  f.list(
      "target", "a quantity to learn (regression)", c.targets.size(), [&](std::size_t n) { c.targets.resize(n); },
      [&](std::size_t i) { describe(f, c.targets[i]); });
  f.text("classes", c.classes, "names of the classes (classification), separated by commas");
  f.text("class_from", c.class_from, "selector of the class: one column with names or numbers, or one-hot columns");
  f.text("weights", c.weights, "selector of the weight of each event; empty: none");
  f.text("keep", c.keep, "selector of single numbers to keep beside the inputs and targets; empty: none");
  describe_split(f, c);
  f.group("csv", "text tables", [&] { describe(f, c.csv); });
}

void check(const ImportConfig& c) {
  require(!c.inputs.empty(), "it is not said what the inputs are", "Set inputs, for example inputs = \"x\"");
  const Format format = parse_format(c.input_format, "import: input_format");
  using Stored = std::numeric_limits<std::int16_t>;
  require(format.min() >= Stored::min() && format.max() <= Stored::max(), "format " + c.input_format + " is too wide",
          "Use at most 15 bits unsigned or 16 bits signed");
  require((c.rows == 0) == (c.cols == 0), "rows and cols belong together", "Give both or none");
  require(!c.input_scale.empty() && !c.input_offset.empty(), "input_scale and input_offset may not be empty", "");
  check_targets(c);
  require((c.split == "column") == !c.split_from.empty(), "split = \"column\" and split_from belong together",
          "Give both");
  require(c.train + c.validation <= 1 + 1e-9, "train and validation fractions must add up to at most 1", "");
}

}  // namespace lutra
