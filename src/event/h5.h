#pragma once
#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// The few HDF5 operations Lutra needs, with owned handles and one-line Errors. Files written here have the same bytes
/// for the same sequence of calls: no time stamps, no library-version dependence on the clock.
namespace lutra::h5 {

/// Owns one HDF5 identifier.
class Handle {
 public:
  using Closer = herr_t (*)(hid_t);
  Handle() = default;
  Handle(hid_t id, Closer close) : id_(id), close_(close) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  hid_t get() const { return id_; }

 private:
  hid_t id_ = -1;
  Closer close_ = nullptr;
};

/// HDF5 type of T in memory and, in little-endian form, on disk. T is (u)int8, (u)int16, int32, uint32, float or
/// double.
template <class T>
hid_t memory_type();
template <class T>
hid_t disk_type();

/// An array that grows along its first dimension, chunked; stored as type Disk.
template <class T, class Disk = T>
class Appender {
 public:
  Appender() = default;

  /// A 1-D array in chunks of `chunk` values, as they are.
  Appender(const Handle& file, const char* name, std::size_t chunk);

  /// Rows of shape `row`, deflated (level 1 after a byte shuffle) in chunks of about 256 kB.
  static Appender deflated(const Handle& file, const char* name, const std::vector<hsize_t>& row = {});

  /// Whole rows.
  void append(std::span<const T> values);

 private:
  Appender(const Handle& file, const char* name, const std::vector<hsize_t>& row, hsize_t chunk, bool deflate);

  std::string name_;
  Handle data_;
  std::vector<hsize_t> dims_;  // rows so far, then the shape of a row
};

/// Bytes kept free in front of the HDF5 data, for the seal (event/seal.h).
inline constexpr std::size_t user_block = 512;

/// To be called before any other function of HDF5: it prints nothing, and does nothing at the end of the program.
void start_library();

/// Properties of a file with a user block.
Handle file_creation();

/// A new file, written in place: for tests. Artifacts are written with event/h5_output.h.
Handle create(const std::filesystem::path& path);

/// Error when HDF5 cannot open it.
Handle open(const std::filesystem::path& path);

/// Flushes and closes what create() made.
void close(Handle file, const std::filesystem::path& path);

/// A scalar string; empty is allowed.
void write_text(const Handle& file, const char* name, const std::string& text);

/// Error unless `name` is a single text of fixed length, of at most max_json_file_bytes.
std::string read_text(const Handle& file, const char* name);

/// A whole array of any shape, deflated (level 1 after a byte shuffle) when `deflate`.
template <class T>
void write_array(const Handle& file, const char* name, const std::vector<hsize_t>& shape, std::span<const T> values,
                 bool deflate = false);

}  // namespace lutra::h5
