#include "event/batch.h"

#include <cmath>

#include "base/contract.h"
#include "base/error.h"

namespace lutra {
namespace {

/// Appends the lengths of [begin, end) to the running sum `to`.
void append_offsets(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from, std::size_t begin,
                    std::size_t end) {
  const std::uint32_t shift = to.back() - from[begin];
  for (std::size_t i = begin + 1; i <= end; ++i) to.push_back(from[i] + shift);
}

bool hits_are_sorted(const EventBatch& batch, std::size_t event, int cells) {
  int last = -1;
  for (std::uint32_t i = batch.hit_begin[event]; i < batch.hit_begin[event + 1]; ++i) {
    if (batch.hits[i].cell() <= last) return false;
    last = batch.hits[i].cell();
  }
  return last < cells;
}

bool is_physical(const Muon& muon) {
  return std::isfinite(muon.pt_gev) && muon.pt_gev > 0 && std::isfinite(muon.eta) && std::isfinite(muon.phi) &&
         (muon.charge == 1 || muon.charge == -1);
}

}  // namespace

const Muon* leading_muon(const EventBatch& batch, std::size_t event) {
  const Muon* leading = nullptr;
  for (std::uint32_t m = batch.muon_begin[event]; m < batch.muon_begin[event + 1]; ++m)
    if (leading == nullptr || batch.muons[m].pt_gev > leading->pt_gev) leading = &batch.muons[m];
  return leading;
}

void append_events(EventBatch& to, const EventBatch& from, std::size_t begin, std::size_t end) {
  expects(begin <= end && end <= from.size(), "begin <= end <= size");
  if (to.size() == 0) to.first = from.first + begin;
  expects(to.first + to.size() == from.first + begin, "batches follow each other");
  to.hits.insert(to.hits.end(), from.hits.begin() + from.hit_begin[begin], from.hits.begin() + from.hit_begin[end]);
  to.muons.insert(to.muons.end(), from.muons.begin() + from.muon_begin[begin],
                  from.muons.begin() + from.muon_begin[end]);
  append_offsets(to.hit_begin, from.hit_begin, begin, end);
  append_offsets(to.muon_begin, from.muon_begin, begin, end);
}

void check_events(const EventBatch& batch, const ImageShape& shape, const std::string& where) {
  for (std::size_t event = 0; event < batch.size(); ++event) {
    const auto fail = [&](const char* why) {
      throw Error(where + ": event " + std::to_string(batch.first + event) + " is not valid", why, "");
    };
    if (!hits_are_sorted(batch, event, shape.cells())) fail("its hits are not sorted or outside the image");
    for (std::uint32_t i = batch.muon_begin[event]; i < batch.muon_begin[event + 1]; ++i)
      if (!is_physical(batch.muons[i])) fail("a muon's pT, direction or charge is impossible");
  }
}

}  // namespace lutra
