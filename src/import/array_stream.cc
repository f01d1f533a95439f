#include "import/array_stream.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/error.h"
#include "import/spool.h"

namespace lutra {
namespace {

/// Indices of element `flat` of a row, the last one fastest.
std::vector<std::uint64_t> indices_of(std::size_t flat, const std::vector<std::uint64_t>& row_shape) {
  std::vector<std::uint64_t> indices(row_shape.size());
  for (std::size_t i = row_shape.size(); i-- > 0; flat /= row_shape[i]) indices[i] = flat % row_shape[i];
  return indices;
}

constexpr std::size_t max_column_major_width = 1 << 20;

class ArrayStream : public RowReader {
 public:
  ArrayStream(std::unique_ptr<ByteStream> stream, const ArrayLayout& layout, const std::string& where)
      : stream_(std::move(stream)), layout_(layout), where_(where), width_(layout.width()) {
    if (layout.fortran_order && layout.shape.size() > 1) load();
  }

  std::size_t next(std::size_t count, std::vector<double>& values) override {
    const auto rows = static_cast<std::size_t>(std::min<std::uint64_t>(count, layout_.rows() - done_));
    const std::size_t old = values.size();
    values.resize(old + rows * width_);
    const std::span<double> to = std::span(values).subspan(old);
    if (columns_)
      gather(rows, to);
    else
      read(to);
    done_ += rows;
    if (rows > 0 && done_ == layout_.rows() && !at_end(*stream_))
      throw Error(where_ + " is longer than its shape " + shape_text(layout_.shape) + " says", "",
                  "Write the file again");
    return rows;
  }

  std::string place(std::uint64_t row, std::size_t column) const override {
    return array_place(where_, row, column, row_shape_of(layout_.shape));
  }

 private:
  std::size_t item() const { return static_cast<std::size_t>(layout_.type.bytes); }

  void read(std::span<double> to) {
    buffer_.resize(to.size() * item());
    const std::size_t got = stream_->read(buffer_);
    if (got != buffer_.size()) throw truncated(done_ + got / (item() * width_));
    decode(buffer_, layout_.type, to);
  }

  Error truncated(std::uint64_t rows) const {
    return {where_ + " is truncated",
            "its shape is " + shape_text(layout_.shape) + " but row " + std::to_string(rows) + " is incomplete",
            "Copy or write the file again"};
  }

  /// Columns come before rows: all of them are needed for the first row.
  void load() {
    if (width_ > max_column_major_width)
      throw Error(where_ + " is in Fortran order and too wide", "more than 2^20 numbers in a row",
                  "Save it in C order (numpy.ascontiguousarray)");
    columns_.emplace(*stream_, layout_.rows() * width_ * item());
    if (columns_->size() < layout_.rows() * width_ * item()) throw truncated(0);
    for (std::size_t flat = 0; flat < width_; ++flat) offsets_.push_back(column_major(flat) * layout_.rows());
  }

  /// Position of element `flat` of a row when the first of its indices runs fastest.
  std::size_t column_major(std::size_t flat) const {
    const std::vector<std::uint64_t> row_shape = row_shape_of(layout_.shape);
    const std::vector<std::uint64_t> indices = indices_of(flat, row_shape);
    std::size_t at = 0;
    for (std::size_t i = indices.size(); i-- > 0;) at = at * row_shape[i] + indices[i];
    return at;
  }

  /// From a tile of rows: each access to the columns takes many bytes at once.
  void gather(std::size_t rows, std::span<double> to) {
    for (std::uint64_t row = done_; row < done_ + rows; ++row) {
      if (row == tile_end_) load_tile(std::max<std::uint64_t>(done_ + rows - row, tile_bytes / item()));
      const std::size_t row_bytes = width_ * item();
      const std::span<const char> bytes(tile_.data() + (row - tile_begin_) * row_bytes, row_bytes);
      decode(bytes, layout_.type, to.subspan((row - done_) * width_, width_));
    }
  }

  void load_tile(std::uint64_t rows) {
    tile_begin_ = tile_end_;
    rows = std::min(rows, layout_.rows() - tile_begin_);
    tile_end_ = tile_begin_ + rows;
    tile_.resize(rows * width_ * item());
    buffer_.resize(rows * item());
    for (std::size_t flat = 0; flat < width_; ++flat) {
      columns_->read((offsets_[flat] + tile_begin_) * item(), buffer_);
      for (std::size_t row = 0; row < rows; ++row)
        std::memcpy(&tile_[(row * width_ + flat) * item()], &buffer_[row * item()], item());
    }
  }

  /// Of a column in a tile, at least; a tile takes at most 128 MiB.
  static constexpr std::size_t tile_bytes = 128;

  std::unique_ptr<ByteStream> stream_;
  ArrayLayout layout_;
  std::string where_;
  std::size_t width_;
  std::vector<char> buffer_;
  std::optional<Spool> columns_;      // Fortran order only
  std::vector<std::size_t> offsets_;  // of each element of row 0, in numbers
  std::vector<char> tile_;            // rows [tile_begin_, tile_end_) in C order
  std::uint64_t tile_begin_ = 0, tile_end_ = 0;
  std::uint64_t done_ = 0;
};

}  // namespace

std::unique_ptr<RowReader> read_array_rows(std::unique_ptr<ByteStream> stream, const ArrayLayout& layout,
                                           const std::string& where) {
  return std::make_unique<ArrayStream>(std::move(stream), layout, where);
}

std::string array_place(const std::string& where, std::uint64_t row, std::size_t column,
                        const std::vector<std::uint64_t>& row_shape) {
  const std::string text = where + " row " + std::to_string(row);
  return row_shape.empty() ? text : text + ", element " + shape_text(indices_of(column, row_shape));
}

std::vector<std::uint64_t> row_shape_of(const std::vector<std::uint64_t>& shape) {
  return {shape.begin() + 1, shape.end()};
}

}  // namespace lutra
