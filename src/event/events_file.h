#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/artifacts.h"
#include "event/event.h"
#include "event/h5_array.h"
#include "event/h5_output.h"

namespace lutra {

inline constexpr ArtifactKind events_kind = artifact_kind("events");

/// Appends events to an events file (docs/formats-hdf5.md) in bounded memory. The bytes of the file depend on the
/// events and the configuration alone, not on how they were cut into batches.
class EventWriter {
 public:
  /// `first` is the global index of the first event.
  EventWriter(NewFile& to, const ImageShape& shape, std::uint64_t first, Json config);

  /// Error unless the batch continues where the last one ended.
  void append(const EventBatch& batch);

  /// Writes what is pending, the header and the seal. Without it the file is not readable.
  void finish();

  std::uint64_t size() const { return size_; }

 private:
  void write_block();

  NewFile& to_;
  ImageShape shape_;
  std::uint64_t first_;
  Json config_;
  h5::OutputFile file_;
  h5::Appender<std::uint16_t> hit_counts_, hits_;
  h5::Appender<std::uint8_t> muon_counts_;
  h5::Appender<float> pt_, eta_, phi_;
  h5::Appender<std::int8_t> charge_;
  EventBatch pending_;
  std::uint64_t size_ = 0;
};

/// Writes an events file atomically: `fill` appends to the writer; the file appears when it returns.
void write_events(const std::filesystem::path& path, const ImageShape& shape, std::uint64_t first, const Json& config,
                  const std::function<void(EventWriter&)>& fill);

/// Reads an events file from front to back in bounded memory.
class EventReader {
 public:
  /// Error when the file is missing, damaged, foreign, newer, or its arrays disagree in length.
  explicit EventReader(const std::filesystem::path& path);

  const ImageShape& shape() const { return shape_; }
  const Json& config() const { return config_; }
  const std::string& code() const { return code_; }
  std::uint64_t first() const { return first_; }
  std::uint64_t size() const { return size_; }

  /// The next at most `count` events; none at the end.
  EventBatch next(std::size_t count);

  /// Skips `count` events, at most to the end.
  void skip(std::uint64_t count);

  /// A place between two events of the file, to come back to.
  struct Position {
    std::uint64_t event = 0, hit = 0, muon = 0;
  };
  Position position() const { return at_; }
  void go_to(const Position& position) { at_ = position; }

 private:
  void read_header();
  void open_arrays();
  EventBatch read(std::size_t count) const;

  std::filesystem::path path_;
  h5::Handle file_;
  h5::Array hit_counts_, hits_, muon_counts_, pt_, eta_, phi_, charge_;
  ImageShape shape_;
  Json config_;
  std::string code_;
  std::uint64_t first_ = 0, size_ = 0;
  Position at_;
};

/// Joins event files whose events follow each other and whose configurations are the same, in any order given. The
/// result has the bytes of a file that was never cut. Error naming the file that does not fit.
void merge_events(const std::vector<std::filesystem::path>& shards, const std::filesystem::path& path);

}  // namespace lutra
