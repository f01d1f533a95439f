#include <hdf5.h>

#include <algorithm>
#include <string_view>

#include "base/contract.h"
#include "base/error.h"
#include "event/h5_array.h"
#include "import/array_layout.h"
#include "import/array_stream.h"
#include "import/array_table.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

class Hdf5Rows : public RowReader {
 public:
  Hdf5Rows(const fs::path& path, const ArrayInfo& info)
      : file_(h5::open(path)),
        array_(file_, info.name),
        info_(info),
        where_(path.string() + " array \"" + info.name + "\"") {}

  std::size_t next(std::size_t count, std::vector<double>& values) override {
    const auto rows = static_cast<std::size_t>(std::min<std::uint64_t>(count, *info_.rows - done_));
    try {
      const std::vector<double> block = array_.rows<double>(done_, rows);
      values.insert(values.end(), block.begin(), block.end());
    } catch (const Error& e) {
      throw Error(where_ + " cannot be read from row " + std::to_string(done_), e.what(),
                  "Copy or write the file again");
    }
    done_ += rows;
    return rows;
  }

  std::string place(std::uint64_t row, std::size_t column) const override {
    return array_place(where_, row, column, info_.row_shape);
  }

 private:
  h5::Handle file_;
  h5::Array array_;
  ArrayInfo info_;
  std::string where_;
  std::uint64_t done_ = 0;
};

/// "float32", "int16 big-endian"; unreadable_type when it does not hold plain numbers.
std::string type_text(const h5::Handle& data) {
  const h5::Handle type(H5Dget_type(data.get()), H5Tclose);
  const std::size_t bytes = H5Tget_size(type.get());
  if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8) return unreadable_type;
  NumberType number{NumberType::Kind::real, static_cast<int>(bytes), H5Tget_order(type.get()) == H5T_ORDER_BE};
  if (H5Tget_class(type.get()) == H5T_INTEGER)
    number.kind =
        H5Tget_sign(type.get()) == H5T_SGN_NONE ? NumberType::Kind::unsigned_integer : NumberType::Kind::signed_integer;
  else if (H5Tget_class(type.get()) != H5T_FLOAT || bytes == 1)
    return unreadable_type;
  return to_string(number);
}

/// Of all values, before compression.
std::uint64_t stored_bytes(const h5::Handle& data, std::vector<std::uint64_t> shape) {
  const h5::Handle type(H5Dget_type(data.get()), H5Tclose);
  shape.push_back(H5Tget_size(type.get()));
  return product_within(shape, std::uint64_t{1} << 50, "bytes in an array");
}

constexpr std::size_t max_arrays = 10'000;
constexpr std::size_t max_path_bytes = 1024;
constexpr std::ptrdiff_t max_groups = 32;  // inside each other

struct ArrayListing {
  std::vector<std::string> names;
  std::size_t objects = 0;
  const char* problem = nullptr;
};

/// Takes note of one object below the root; stops when there are too many.
herr_t list_object(hid_t, const char* name, const H5O_info_t* info, void* to) {
  ArrayListing& listing = *static_cast<ArrayListing*>(to);
  const std::string_view path = name;
  if (std::count(path.begin(), path.end(), '/') >= max_groups) listing.problem = "groups nested deeper than 32 levels";
  if (path.size() > max_path_bytes) listing.problem = "a name of more than 1024 bytes";
  if (++listing.objects > max_arrays) listing.problem = "more than 10000 groups and arrays";
  if (listing.problem) return 1;
  if (info->type == H5O_TYPE_DATASET) listing.names.emplace_back(path);
  return 0;
}

/// Arrays below the root, by path, sorted. Only hard links are visited.
std::vector<std::string> array_names(const h5::Handle& file) {
  ArrayListing listing;
  const herr_t code = H5Ovisit2(file.get(), H5_INDEX_NAME, H5_ITER_INC, list_object, &listing, H5O_INFO_BASIC);
  if (listing.problem) throw Error(listing.problem, "", "Store the arrays near the root");
  if (code < 0) throw Error("its groups are damaged", "", "Copy or write the file again");
  return listing.names;
}

class Hdf5Table : public TableFile {
 public:
  explicit Hdf5Table(const fs::path& path) : TableFile(path, "hdf5") {
    h5::naming(path, [&] { list(h5::open(path)); });
    if (arrays_.empty()) throw Error(path.string() + " holds no arrays", "", "Check the path");
  }

  std::unique_ptr<RowReader> open(const std::vector<Wanted>& wanted) const override {
    std::vector<std::unique_ptr<RowReader>> readers;
    std::vector<std::size_t> widths;
    for (const Wanted& want : wanted) {
      expects(want.array < arrays_.size(), "an array of this file");
      const ArrayInfo& info = arrays_[want.array];
      check(info);
      readers.push_back(h5::naming(path_, [&] { return std::make_unique<Hdf5Rows>(path_, info); }));
      widths.push_back(info.width());
    }
    return side_by_side(std::move(readers), widths);
  }

 private:
  void list(const h5::Handle& file) {
    Budget bytes("bytes in all arrays", unpacked_limit(fs::file_size(path_)));
    for (const std::string& name : array_names(file)) add(file, name, bytes);
  }

  void add(const h5::Handle& file, const std::string& name, Budget& bytes) {
    std::vector<std::uint64_t> shape;
    for (const hsize_t size : h5::shape(file, name)) shape.push_back(size);
    if (shape.empty()) return;  // a single number or text
    const h5::Handle data(H5Dopen2(file.get(), name.c_str(), H5P_DEFAULT), H5Dclose);
    ArrayInfo info{name, {}, std::nullopt, h5::is_elsewhere(data) ? unreadable_type : type_text(data)};
    if (info.type != unreadable_type) bytes.spend(stored_bytes(data, shape));
    info.row_shape = row_shape_of(shape);
    info.rows = shape[0];
    arrays_.push_back(info);
  }

  void check(const ArrayInfo& info) const {
    const std::string where = path_.string() + " array \"" + info.name + "\"";
    if (info.type == unreadable_type)
      throw Error(where + " does not hold plain numbers", "or keeps them in another file",
                  "Store it as integers or floats of 8 to 64 bits");
    std::vector<std::uint64_t> shape = info.row_shape;
    shape.insert(shape.begin(), *info.rows);
    check_shape(shape, where);
  }
};

}  // namespace

std::unique_ptr<TableFile> open_hdf5(const fs::path& path) { return std::make_unique<Hdf5Table>(path); }

}  // namespace lutra
