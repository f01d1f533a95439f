#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <variant>
#include <vector>

#include "base/artifacts.h"
#include "event/dataset.h"
#include "event/h5_array.h"
#include "event/h5_output.h"

namespace lutra {

inline constexpr ArtifactKind dataset_kind = artifact_kind("fragments");

/// Appends events to a data set file (docs/formats-hdf5.md) in bounded memory. The bytes of the file depend on the
/// events and the configuration alone, not on how they were cut into blocks.
class DatasetWriter {
 public:
  /// `layout` holds everything but events.
  DatasetWriter(NewFile& to, const Dataset& layout, Json config);

  /// Events with the same layout.
  void append(const Dataset& block);

  /// What is known only after the last event: the targets, with the ranges seen, and the configuration.
  void complete(std::vector<Target> targets, Json config);

  /// Writes what is pending, the header and the seal. Without it the file is not readable.
  void finish();

 private:
  void write_block();

  NewFile& to_;
  Json config_;
  h5::OutputFile file_;
  std::variant<h5::Appender<std::int16_t>, h5::Appender<std::int16_t, std::int8_t>> inputs_;  // as small as the format
  h5::Appender<float> truth_;
  h5::Appender<std::int32_t> window_start_;
  h5::Appender<std::uint8_t> split_;
  std::vector<h5::Appender<float>> columns_;
  Dataset pending_;
  std::uint64_t size_ = 0;
};

/// Writes a data set atomically: `fill` appends to the writer; the file appears when it returns.
void write_dataset(const std::filesystem::path& path, const Dataset& layout, const Json& config,
                   const std::function<void(DatasetWriter&)>& fill);

/// The same for a data set that is in memory.
void write_dataset(const std::filesystem::path& path, const Dataset& data, const Json& config);

/// Reads a data set from front to back in bounded memory.
class DatasetReader {
 public:
  /// Error when the file is missing, damaged, foreign, newer, or its arrays do not have the shapes that its header
  /// says.
  explicit DatasetReader(const std::filesystem::path& path);

  const Dataset& layout() const { return layout_; }
  const Json& config() const { return config_; }
  const std::string& code() const { return code_; }
  std::uint64_t size() const { return size_; }

  /// The next at most `count` events; none at the end. Error when a value is impossible.
  Dataset next(std::size_t count);

 private:
  void read_header();
  void open_arrays();
  Dataset read(std::size_t count) const;

  std::filesystem::path path_;
  h5::Handle file_;
  h5::Array inputs_, truth_, window_start_, split_;
  std::vector<h5::Array> columns_;
  Dataset layout_;
  Json config_;
  std::string code_;
  std::uint64_t size_ = 0, at_ = 0;
};

struct DatasetFile {
  Dataset data;
  Json config;
};

/// The whole file at once.
DatasetFile read_dataset(const std::filesystem::path& path);

}  // namespace lutra
