#include "fragment/config.h"

#include <bit>

#include "base/error.h"

namespace lutra {
namespace {

void require(bool holds, const std::string& problem, const std::string& suggestion) {
  if (!holds) throw Error("fragment: " + problem, "", suggestion);
}

}  // namespace

void describe(Fields& f, FragmentConfig& c) {
  f.integer("window", c.window, {1, max_cells}, "width of the fragment [columns]");
  f.integer("stride", c.stride, {1, max_cells}, "distance of candidate windows [columns]");
  f.integer("pool_rows", c.pool_rows, {1, 64}, "rows averaged into one");
  f.integer("pool_cols", c.pool_cols, {1, 64}, "columns averaged into one");
  f.number("pt_hi_gev", c.pt_hi_gev, {0.1, 1e4}, "pT that scales to 1 [GeV]");
  f.flag("charge", c.charge, "predict the muon's charge too");
  f.number("train", c.train, {0, 1}, "fraction of events to train on");
  f.number("validation", c.validation, {0, 1}, "fraction of events to validate on; the rest is for testing");
  f.integer("split_seed", c.split_seed, {0, 1e15}, "seed of the split");
}

void check(const FragmentConfig& c, const ImageShape& shape) {
  require(c.stride >= 1, "stride must be at least 1, not " + std::to_string(c.stride), "");
  require(
      c.window >= 1 && c.window <= shape.strips,
      "a window of " + std::to_string(c.window) + " columns does not fit an image of " + std::to_string(shape.strips),
      "Use a window of at most that width");
  require(c.pool_rows >= 1 && c.pool_cols >= 1, "pooling sizes must be at least 1", "");
  require(c.window % c.pool_cols == 0, "pool_cols must divide the window", "");
  require(shape.layers % c.pool_rows == 0, "pool_rows must divide the " + std::to_string(shape.layers) + " layers", "");
  const auto pool = static_cast<unsigned>(c.pool_rows * c.pool_cols);
  require(std::has_single_bit(pool) && pool <= 1024, "pool_rows x pool_cols must be a power of two up to 1024",
          "Then averages are exact fixed-point numbers");
  require(c.train >= 0 && c.validation >= 0 && c.train + c.validation <= 1,
          "train and validation fractions must add up to at most 1", "");
}

}  // namespace lutra
