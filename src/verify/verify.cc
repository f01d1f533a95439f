#include "verify/verify.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/evaluate.h"
#include "verify/network_stream.h"

namespace lutra {

std::string to_string(InputOrigin origin) {
  switch (origin) {
    case InputOrigin::given:
      return "given";
    case InputOrigin::corner:
      return "corner";
    case InputOrigin::random:
      return "random";
  }
  return "";
}

VerifyResult verify_rtl(const Network& network, const Design& design, const std::filesystem::path& folder,
                        std::span<const std::int16_t> given, const VerifyOptions& options, const Progress& progress) {
  const Evaluator evaluator(network);
  const std::unique_ptr<VerifyStream> stream = network_stream(evaluator, network, given, design, options);
  return run_stream(design, folder, *stream, options, progress);
}

std::string describe(const Mismatch& m) {
  const std::string where = fmt::format("{} event {}: ", to_string(m.origin), m.event);
  if (m.latency < 0) return where + fmt::format("no output came; expected [{}]", fmt::join(m.expected, ", "));
  if (m.latency != m.expected_latency)
    return where + fmt::format("the output came after {} clocks instead of {}", m.latency, m.expected_latency);
  return where + fmt::format("expected [{}], the RTL gave [{}]", fmt::join(m.expected, ", "), fmt::join(m.got, ", "));
}

Json verify_to_json(const VerifyResult& result) {
  Json json{
      {"events", result.events},      {"mismatches", result.mismatches}, {"unexpected_outputs", result.unexpected},
      {"given_events", result.given}, {"corner_events", result.corner},  {"random_events", result.random},
      {"first_mismatch", nullptr}};
  if (result.first)
    json["first_mismatch"] = {{"event", result.first->event},     {"origin", to_string(result.first->origin)},
                              {"inputs", result.first->inputs},   {"expected", result.first->expected},
                              {"got", result.first->got},         {"expected_latency", result.first->expected_latency},
                              {"latency", result.first->latency}, {"summary", describe(*result.first)}};
  return json;
}

}  // namespace lutra
