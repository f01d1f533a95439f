#include "event/events_file.h"

#include <algorithm>
#include <limits>

#include "base/contract.h"
#include "base/error.h"
#include "base/version.h"
#include "event/batch.h"
#include "event/seal.h"

namespace lutra {
namespace {

/// Events are written in blocks of this many, so that the sequence of HDF5 calls does not depend on the batches.
constexpr std::size_t block_events = 1 << 15;
constexpr std::size_t chunk_values = 1 << 14;

template <class T>
void append_counts(h5::Appender<T>& to, const std::vector<std::uint32_t>& begin) {
  std::vector<T> counts(begin.size() - 1);
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = static_cast<T>(begin[i + 1] - begin[i]);
  to.append(counts);
}

template <class T>
void append_member(h5::Appender<T>& to, const std::vector<Muon>& muons, T Muon::*member) {
  std::vector<T> values(muons.size());
  std::transform(muons.begin(), muons.end(), values.begin(), [&](const Muon& m) { return m.*member; });
  to.append(values);
}

/// Counts of rows [at, at + n) as offsets starting at 0. Error when the rows that they count, of which `begin` are
/// read, are more than there are.
template <class T>
std::vector<std::uint32_t> read_offsets(const h5::Array& counts, std::uint64_t at, std::uint64_t n,
                                        const h5::Array& counted, std::uint64_t begin) {
  const std::uint64_t left = counted.shape()[0] - begin;
  std::vector<std::uint32_t> offsets = {0};
  offsets.reserve(n + 1);
  std::uint64_t sum = 0;
  for (const T count : counts.rows<T>(at, n)) {
    sum += count;
    if (sum > left || sum > std::numeric_limits<std::uint32_t>::max())
      throw Error("array \"" + counted.name() + "\" is shorter than \"" + counts.name() + "\" says", "",
                  "Make the file again");
    offsets.push_back(static_cast<std::uint32_t>(sum));
  }
  return offsets;
}

template <class T>
void read_member(const h5::Array& array, std::uint64_t at, std::vector<Muon>& muons, T Muon::*member) {
  const auto values = array.rows<T>(at, muons.size());
  for (std::size_t i = 0; i < muons.size(); ++i) muons[i].*member = values[i];
}

Json shape_to_json(const ImageShape& shape) {
  return {{"layers", shape.layers},
          {"strips", shape.strips},
          {"eta_first", shape.eta_first},
          {"eta_pitch", shape.eta_pitch}};
}

ImageShape shape_from_json(const Json& json, const std::string& where) {
  json_only_keys(json, {"layers", "strips", "eta_first", "eta_pitch"}, where);
  ImageShape shape{json_get<int>(json, "layers", where), json_get<int>(json, "strips", where),
                   json_get<double>(json, "eta_first", where), json_get<double>(json, "eta_pitch", where)};
  if (shape.layers < 1 || shape.strips < 1 || shape.layers > max_cells || shape.strips > max_cells / shape.layers)
    throw Error(where + " has an impossible image", "1 to 16384 cells are possible", "");
  return shape;
}

}  // namespace

EventWriter::EventWriter(NewFile& to, const ImageShape& shape, std::uint64_t first, Json config)
    : to_(to),
      shape_(shape),
      first_(first),
      config_(std::move(config)),
      file_(to),
      hit_counts_(file_.handle(), "hit_count", chunk_values),
      hits_(file_.handle(), "hits", chunk_values),
      muon_counts_(file_.handle(), "muon_count", chunk_values),
      pt_(file_.handle(), "muon_pt", chunk_values),
      eta_(file_.handle(), "muon_eta", chunk_values),
      phi_(file_.handle(), "muon_phi", chunk_values),
      charge_(file_.handle(), "muon_charge", chunk_values) {
  expects(shape.cells() <= max_cells, "the image fits a packed hit");
}

void EventWriter::append(const EventBatch& batch) {
  if (batch.first != first_ + size_)
    throw Error("events do not follow each other",
                "event " + std::to_string(batch.first) + " after " + std::to_string(first_ + size_) + " events", "");
  for (std::size_t begin = 0; begin < batch.size();) {
    const std::size_t end = std::min(batch.size(), begin + block_events - pending_.size());
    append_events(pending_, batch, begin, end);
    if (pending_.size() == block_events) write_block();
    begin = end;
  }
  size_ += batch.size();
}

void EventWriter::write_block() {
  append_counts(hit_counts_, pending_.hit_begin);
  std::vector<std::uint16_t> packed(pending_.hits.size());
  std::transform(pending_.hits.begin(), pending_.hits.end(), packed.begin(), [](Hit h) { return h.packed(); });
  hits_.append(packed);
  append_counts(muon_counts_, pending_.muon_begin);
  append_member(pt_, pending_.muons, &Muon::pt_gev);
  append_member(eta_, pending_.muons, &Muon::eta);
  append_member(phi_, pending_.muons, &Muon::phi);
  append_member(charge_, pending_.muons, &Muon::charge);
  pending_ = EventBatch{};
  file_.check();
}

void EventWriter::finish() {
  if (pending_.size() > 0) write_block();
  const Json header = {{"code", code_version()},
                       {"first", first_},
                       {"events", size_},
                       {"image", shape_to_json(shape_)},
                       {"config", config_}};
  h5::write_text(file_.handle(), "header", json_text(header));
  // Open arrays keep an HDF5 file open.
  hit_counts_ = {}, hits_ = {}, muon_counts_ = {}, pt_ = {}, eta_ = {}, phi_ = {}, charge_ = {};
  file_.close();
  seal_file(to_, events_kind);
}

void write_events(const std::filesystem::path& path, const ImageShape& shape, std::uint64_t first, const Json& config,
                  const std::function<void(EventWriter&)>& fill) {
  write_atomically(path, [&](NewFile& file) {
    EventWriter writer(file, shape, first, config);
    fill(writer);
    writer.finish();
  });
}

EventReader::EventReader(const std::filesystem::path& path) : path_(path) {
  check_seal(path, events_kind);
  file_ = h5::open(path);
  h5::naming(path, [&] {
    read_header();
    open_arrays();
  });
}

void EventReader::read_header() {
  const std::string where = "its header";
  const Json header = parse_json(h5::read_text(file_, "header"), where);
  code_ = json_get<std::string>(header, "code", where);
  first_ = json_get<std::uint64_t>(header, "first", where);
  size_ = json_get<std::uint64_t>(header, "events", where);
  config_ = json_get<Json>(header, "config", where);
  shape_ = shape_from_json(json_get<Json>(header, "image", where), where);
}

/// Events are stored as they are: no array is larger than the file.
void EventReader::open_arrays() {
  Budget bytes("bytes in a file that does not hold as many", std::filesystem::file_size(path_));
  (hit_counts_ = {file_, "hit_count"}).expect<std::uint16_t>({size_}, bytes);
  (muon_counts_ = {file_, "muon_count"}).expect<std::uint8_t>({size_}, bytes);
  const auto length = [](const h5::Array& array) { return array.shape().empty() ? 0 : array.shape()[0]; };
  hits_ = {file_, "hits"};
  hits_.expect<std::uint16_t>({length(hits_)}, bytes);
  pt_ = {file_, "muon_pt"};
  const std::vector<hsize_t> muons = {length(pt_)};
  pt_.expect<float>(muons, bytes);
  (eta_ = {file_, "muon_eta"}).expect<float>(muons, bytes);
  (phi_ = {file_, "muon_phi"}).expect<float>(muons, bytes);
  (charge_ = {file_, "muon_charge"}).expect<std::int8_t>(muons, bytes);
}

EventBatch EventReader::read(std::size_t count) const {
  EventBatch batch;
  batch.first = first_ + at_.event;
  batch.hit_begin = read_offsets<std::uint16_t>(hit_counts_, at_.event, count, hits_, at_.hit);
  batch.muon_begin = read_offsets<std::uint8_t>(muon_counts_, at_.event, count, pt_, at_.muon);
  const auto packed = hits_.rows<std::uint16_t>(at_.hit, batch.hit_begin.back());
  batch.hits.resize(packed.size());
  std::transform(packed.begin(), packed.end(), batch.hits.begin(), Hit::from_packed);
  batch.muons.resize(batch.muon_begin.back());
  read_member(pt_, at_.muon, batch.muons, &Muon::pt_gev);
  read_member(eta_, at_.muon, batch.muons, &Muon::eta);
  read_member(phi_, at_.muon, batch.muons, &Muon::phi);
  read_member(charge_, at_.muon, batch.muons, &Muon::charge);
  return batch;
}

EventBatch EventReader::next(std::size_t count) {
  count = static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - at_.event));
  EventBatch batch = h5::naming(path_, [&] { return read(count); });
  check_events(batch, shape_, path_.string());
  at_.event += count;
  at_.hit += batch.hits.size();
  at_.muon += batch.muons.size();
  return batch;
}

void EventReader::skip(std::uint64_t count) {
  for (count = std::min(count, size_ - at_.event); count > 0;) {
    const std::uint64_t step = std::min<std::uint64_t>(count, 1 << 16);
    h5::naming(path_, [&] {
      at_.hit += read_offsets<std::uint16_t>(hit_counts_, at_.event, step, hits_, at_.hit).back();
      at_.muon += read_offsets<std::uint8_t>(muon_counts_, at_.event, step, pt_, at_.muon).back();
    });
    at_.event += step;
    count -= step;
  }
}

void merge_events(const std::vector<std::filesystem::path>& shards, const std::filesystem::path& path) {
  if (shards.empty()) throw Error("there are no shards to merge", "", "Give at least one events file");
  std::vector<std::pair<std::uint64_t, std::filesystem::path>> ordered;
  for (const auto& shard : shards) ordered.emplace_back(EventReader(shard).first(), shard);
  std::sort(ordered.begin(), ordered.end());
  const EventReader front(ordered.front().second);
  write_events(path, front.shape(), front.first(), front.config(), [&](EventWriter& writer) {
    for (const auto& [first, shard] : ordered) {
      EventReader reader(shard);
      const std::string where = shard.string();
      if (!(reader.shape() == front.shape()) || reader.config() != front.config())
        throw Error(where + " has another configuration than " + ordered.front().second.string(), "", "");
      if (first != front.first() + writer.size())
        throw Error(where + " does not follow the other shards",
                    "it starts at event " + std::to_string(first) + " instead of " +
                        std::to_string(front.first() + writer.size()),
                    "Give all shards, each once");
      for (EventBatch batch = reader.next(block_events); batch.size() > 0; batch = reader.next(block_events))
        writer.append(batch);
    }
  });
}

}  // namespace lutra
