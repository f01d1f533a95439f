#pragma once
#include <memory>

#include "base/new_file.h"
#include "event/h5.h"

namespace lutra::h5 {

class Sink;

/// A new HDF5 file with a user block, written into a NewFile. The HDF5 library never sees a write fail, since it cannot
/// close a file after that (it would write again at the end of the program, and crash): from the first failure on,
/// bytes are kept in memory, and check() and close() tell.
class OutputFile {
 public:
  /// `file` is empty, and must live longer.
  explicit OutputFile(NewFile& file);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// For h5::write_array and the like.
  const Handle& handle() const { return handle_; }

  /// Error when something could not be written. To be called after every large piece: what cannot be written takes
  /// memory.
  void check() const;

  /// Writes what the library still holds; nothing of the file may be open any more. Error as check().
  void close();

 private:
  std::unique_ptr<Sink> sink_;  // outlives handle_
  Handle handle_;
};

}  // namespace lutra::h5
