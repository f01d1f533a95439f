#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "event/h5.h"
#include "import/import_fixture.test.h"
#include "import/zip_fixture.test.h"

namespace lutra {
namespace {

/// A random data set of exactly representable values: inputs are integers of a random format.
struct Sample {
  Format format;
  int rows = 1, cols = 1;
  std::size_t events = 1;
  std::vector<std::int16_t> inputs;
  std::vector<double> raw;  // what the inputs are worth
  std::vector<double> truth;
};

Sample any_sample() {
  Sample s;
  s.format.is_signed = *rc::gen::arbitrary<bool>();
  s.format.bits = *rc::gen::inRange(1, s.format.is_signed ? 17 : 16);
  s.format.frac = *rc::gen::inRange(-4, 12);
  s.rows = *rc::gen::inRange(1, 5);
  s.cols = *rc::gen::inRange(1, 7);
  s.events = static_cast<std::size_t>(*rc::gen::inRange(1, 40));
  const std::size_t count = s.events * static_cast<std::size_t>(s.rows * s.cols);
  const auto value = rc::gen::inRange(static_cast<int>(s.format.min()), static_cast<int>(s.format.max()) + 1);
  for (const int v : *rc::gen::container<std::vector<int>>(count, value)) {
    s.inputs.push_back(static_cast<std::int16_t>(v));
    s.raw.push_back(to_real(v, s.format.frac));
  }
  for (const int v : *rc::gen::container<std::vector<int>>(s.events, rc::gen::inRange(-1000, 1000)))
    s.truth.push_back(v / 8.0);
  return s;
}

ImportConfig config_of(const Sample& s) {
  ImportConfig config;
  config.inputs = "x";
  config.input_format = to_string(s.format);
  config.targets = {{"y", "", "", -200, 200}};
  return config;
}

void expect_same(const Sample& s, const Imported& imported) {
  RC_ASSERT(imported.data.inputs == s.inputs);
  RC_ASSERT(imported.data.truth == std::vector<float>(s.truth.begin(), s.truth.end()));
  RC_ASSERT(imported.data.rows == s.rows && imported.data.cols == s.cols);
  RC_ASSERT(imported.report.inputs.below + imported.report.inputs.above + imported.report.inputs.rounded == 0u);
}

/// Numbers as type T in the given byte order.
template <class T>
std::string encode(const std::vector<double>& values, bool big_endian) {
  std::string bytes;
  for (const double value : values) {
    std::string one = bytes_of<T>({static_cast<T>(value)});
    if (big_endian) std::reverse(one.begin(), one.end());
    bytes += one;
  }
  return bytes;
}

struct Encoding {
  const char* type;
  std::string (*encode)(const std::vector<double>&, bool);
};
const Encoding reals[] = {{"f4", encode<float>}, {"f8", encode<double>}};
const Encoding integers[] = {{"i4", encode<std::int32_t>}, {"i8", encode<std::int64_t>}};

/// [events][rows][cols] -> first index fastest.
std::vector<double> fortran(const std::vector<double>& c, const std::vector<std::size_t>& shape) {
  std::vector<double> f;
  for (std::size_t j = 0; j < shape[2]; ++j)
    for (std::size_t i = 0; i < shape[1]; ++i)
      for (std::size_t e = 0; e < shape[0]; ++e) f.push_back(c[(e * shape[1] + i) * shape[2] + j]);
  return f;
}

std::string image_npy(const Sample& s) {
  const bool big = *rc::gen::arbitrary<bool>(), columns = *rc::gen::arbitrary<bool>();
  const bool whole = s.format.frac <= 0 && *rc::gen::arbitrary<bool>();
  const int wide = *rc::gen::inRange(0, 2);  // not in (a ? b : c)[]: g++ 12 builds it in one branch
  const Encoding& e = whole ? integers[wide] : reals[wide];
  const auto rows = static_cast<std::size_t>(s.rows), cols = static_cast<std::size_t>(s.cols);
  const std::vector<double> values = columns ? fortran(s.raw, {s.events, rows, cols}) : s.raw;
  return npy((big ? ">" : "<") + std::string(e.type), fmt::format("({}, {}, {})", s.events, s.rows, s.cols),
             e.encode(values, big), columns);
}

class RoundTrip : public ImportTest {};

RC_GTEST_FIXTURE_PROP(RoundTrip, Csv, ()) {
  SetUp();
  const Sample s = any_sample();
  std::string text;
  const std::size_t size = static_cast<std::size_t>(s.rows * s.cols);
  for (std::size_t e = 0; e < s.events; ++e) {
    for (std::size_t k = 0; k < size; ++k) text += fmt::format("{},", s.raw[e * size + k]);
    text += fmt::format("{}\n", s.truth[e]);
  }
  ImportConfig config = config_of(s);
  config.inputs = fmt::format("0..{}", size - 1);
  config.targets[0].from = std::to_string(size);
  config.rows = s.rows, config.cols = s.cols;
  expect_same(s, import_data(config, {write("t.csv", text)}, no_progress));
}

RC_GTEST_FIXTURE_PROP(RoundTrip, NumpyArrays, ()) {
  SetUp();
  const Sample s = any_sample();
  const auto x = write("x.npy", image_npy(s));
  const auto y = write("y.npy", npy("<f8", fmt::format("({},)", s.events), bytes_of(s.truth)));
  expect_same(s, import_data(config_of(s), {x, y}, no_progress));
}

RC_GTEST_FIXTURE_PROP(RoundTrip, NumpyArchives, ()) {
  SetUp();
  const Sample s = any_sample();
  const std::string y = npy(">f4", fmt::format("({}, 1)", s.events), encode<float>(s.truth, true));
  const bool deflate = *rc::gen::arbitrary<bool>();
  const std::string archive = zip({{"x.npy", image_npy(s)}, {"y.npy", y}}, {deflate, *rc::gen::arbitrary<bool>()});
  expect_same(s, import_data(config_of(s), {write("t.npz", archive)}, no_progress));
}

RC_GTEST_FIXTURE_PROP(RoundTrip, Hdf5, ()) {
  SetUp();
  const Sample s = any_sample();
  const auto path = folder / "t.h5";
  h5::Handle file = h5::create(path);
  const std::vector<hsize_t> shape{s.events, static_cast<hsize_t>(s.rows), static_cast<hsize_t>(s.cols)};
  h5::write_array<double>(file, "x", shape, s.raw, *rc::gen::arbitrary<bool>());
  const std::vector<float> truth(s.truth.begin(), s.truth.end());
  h5::write_array<float>(file, "y", {s.events}, truth);
  h5::close(std::move(file), path);
  expect_same(s, import_data(config_of(s), {path}, no_progress));
}

}  // namespace
}  // namespace lutra
