#include "onnx/export.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.h"
#include "model/evaluate.h"
#include "model/published_student.h"
#include "model/random_network.h"
#include "onnx/import.h"

namespace lutra::onnx {
namespace {

/// Makes a random network one that QONNX can express: no wrapping, one format per layer.
Network exportable(Network network) {
  for (Layer& layer : network.layers) {
    if (layer.output.size() > 1) layer.output.resize(1);
    for (Quantizer& q : layer.output) {
      q.overflow = Overflow::saturate;
      if (q.format.is_signed && q.format.bits == 1) q.format.bits = 2;
    }
  }
  if (network.input_format.is_signed && network.input_format.bits == 1) network.input_format.bits = 2;
  return network;
}

bool has_table(const Network& network) {
  for (const Layer& layer : network.layers)
    if (layer.op == Op::table) return true;
  return false;
}

/// Same numbers from the same integers, whatever the layers are now called.
void expect_same(const Network& before, const Network& after, std::uint64_t seed) {
  RC_ASSERT(before.input == after.input);
  RC_ASSERT(before.input_format == after.input_format);
  const Evaluator first(before), second(after);
  const auto inputs = random_inputs(before, seed, 30);
  const auto a = first.evaluate(inputs);
  const auto b = second.evaluate(inputs);
  const auto formats_a = first.output_formats(), formats_b = second.output_formats();
  RC_ASSERT(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    RC_ASSERT(to_real(a[i], formats_a[i % formats_a.size()].frac) ==
              to_real(b[i], formats_b[i % formats_b.size()].frac));
}

RC_GTEST_PROP(Export, read_back_gives_the_same_integers, ()) {
  auto seed = *rc::gen::arbitrary<std::uint64_t>();
  while (has_table(random_network(seed))) ++seed;
  const Network network = exportable(random_network(seed));
  expect_same(network, import_network(export_network(network), "written", {}).network, seed);
}

TEST(Export, PublishedStudentReturnsLayerByLayer) {
  const Network student = published_student(3);
  const Network back = import_network(export_network(student), "written", {}).network;
  ASSERT_EQ(back.layers.size(), student.layers.size());
  const auto inputs = random_inputs(student, 3, 500);
  EXPECT_EQ(Evaluator(back).evaluate(inputs), Evaluator(student).evaluate(inputs));
  for (std::size_t i = 0; i < back.layers.size(); ++i) EXPECT_EQ(back.layers[i].output, student.layers[i].output) << i;
}

TEST(Export, WhatQonnxCannotSayNamesTheLayer) {
  Network network = published_student(1);
  network.layers[2].output[0].overflow = Overflow::wrap;
  try {
    export_network(network);
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("\"conv3\""), std::string::npos) << e.what();
  }
  Network wide = published_student(1);
  wide.layers[0].bias[0] = (std::int64_t{1} << 30) + 1;
  EXPECT_THROW(export_network(wide), Error);
}

}  // namespace
}  // namespace lutra::onnx
