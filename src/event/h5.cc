#include "event/h5.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "base/contract.h"
#include "base/error.h"
#include "base/json.h"

namespace lutra::h5 {
namespace {

hid_t checked(hid_t id, const std::string& what) {
  if (id < 0) throw Error("HDF5 cannot " + what, "", "Check the disk space and the file");
  return id;
}

Handle creation_properties() {
  Handle properties(checked(H5Pcreate(H5P_DATASET_CREATE), "make a property list"), H5Pclose);
  H5Pset_obj_track_times(properties.get(), false);
  return properties;
}

Handle space_of(const std::vector<hsize_t>& dims, const hsize_t* limits = nullptr) {
  return {checked(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), limits), "make a data space"), H5Sclose};
}

template <class Disk>
void set_deflate(const Handle& properties) {
  if (sizeof(Disk) > 1) H5Pset_shuffle(properties.get());
  H5Pset_deflate(properties.get(), 1);
}

template <class Disk>
Handle create_data(const Handle& file, const char* name, const Handle& space, const Handle& properties) {
  return {
      checked(H5Dcreate2(file.get(), name, disk_type<Disk>(), space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
              std::string("create ") + name),
      H5Dclose};
}

/// About 256 kB a chunk.
hsize_t rows_per_chunk(hsize_t row_bytes) { return std::max<hsize_t>((1 << 18) / std::max<hsize_t>(row_bytes, 1), 1); }

hsize_t row_size(const std::vector<hsize_t>& dims) {
  return dims.empty() ? 1 : std::accumulate(dims.begin() + 1, dims.end(), hsize_t{1}, std::multiplies<>());
}

}  // namespace

#define LUTRA_H5_TYPE(T, MEMORY, DISK) \
  template <>                          \
  hid_t memory_type<T>() {             \
    return MEMORY;                     \
  }                                    \
  template <>                          \
  hid_t disk_type<T>() {               \
    return DISK;                       \
  }
LUTRA_H5_TYPE(std::int8_t, H5T_NATIVE_INT8, H5T_STD_I8LE)
LUTRA_H5_TYPE(std::uint8_t, H5T_NATIVE_UINT8, H5T_STD_U8LE)
LUTRA_H5_TYPE(std::int16_t, H5T_NATIVE_INT16, H5T_STD_I16LE)
LUTRA_H5_TYPE(std::uint16_t, H5T_NATIVE_UINT16, H5T_STD_U16LE)
LUTRA_H5_TYPE(std::int32_t, H5T_NATIVE_INT32, H5T_STD_I32LE)
LUTRA_H5_TYPE(std::uint32_t, H5T_NATIVE_UINT32, H5T_STD_U32LE)
LUTRA_H5_TYPE(float, H5T_NATIVE_FLOAT, H5T_IEEE_F32LE)
LUTRA_H5_TYPE(double, H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE)
#undef LUTRA_H5_TYPE

void start_library() {
  // Files are closed by their handles. After a failed write or allocation the library's own clean-up crashes.
  static const herr_t once = H5dont_atexit();
  static_cast<void>(once);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // it prints its errors by default; ours are reported as Error
}

Handle file_creation() {
  Handle properties(checked(H5Pcreate(H5P_FILE_CREATE), "make a property list"), H5Pclose);
  H5Pset_userblock(properties.get(), user_block);
  H5Pset_obj_track_times(properties.get(), false);
  return properties;
}

Handle create(const std::filesystem::path& path) {
  start_library();
  return {
      checked(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, file_creation().get(), H5P_DEFAULT), "create " + path.string()),
      H5Fclose};
}

Handle open(const std::filesystem::path& path) {
  start_library();
  const hid_t id = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  if (id < 0) throw Error(path.string() + " is not a readable HDF5 file", "", "Check the path");
  return {id, H5Fclose};
}

void close(Handle file, const std::filesystem::path& path) {
  const bool flushed = H5Fflush(file.get(), H5F_SCOPE_GLOBAL) >= 0;
  file = Handle();
  if (!flushed) throw Error("HDF5 cannot write " + path.string(), "", "Check the disk space");
}

void write_text(const Handle& file, const char* name, const std::string& text) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), text.size() + 1);
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  const Handle properties = creation_properties();
  const Handle data(
      checked(H5Dcreate2(file.get(), name, type.get(), space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
              std::string("create ") + name),
      H5Dclose);
  checked(H5Dwrite(data.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, text.c_str()), std::string("write ") + name);
}

std::string read_text(const Handle& file, const char* name) {
  const Handle data(checked(H5Dopen2(file.get(), name, H5P_DEFAULT), std::string("find ") + name), H5Dclose);
  const Handle type(H5Dget_type(data.get()), H5Tclose), space(H5Dget_space(data.get()), H5Sclose);
  const std::string where = std::string("\"") + name + "\"";
  if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) > 0)
    throw Error(where + " is not a fixed-length string", "", "");
  if (H5Sget_simple_extent_npoints(space.get()) != 1) throw Error(where + " is not a single text", "", "");
  const std::size_t bytes = H5Tget_size(type.get());
  if (bytes > max_json_file_bytes) throw Error(where + " is too large", std::to_string(bytes) + " bytes", "");
  std::string text(bytes, '\0');
  checked(H5Dread(data.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()), std::string("read ") + name);
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

template <class T, class Disk>
Appender<T, Disk>::Appender(const Handle& file, const char* name, const std::vector<hsize_t>& row, hsize_t chunk,
                            bool deflate)
    : name_(name), dims_{0} {
  dims_.insert(dims_.end(), row.begin(), row.end());
  std::vector<hsize_t> limits = dims_, chunks = dims_;
  limits[0] = H5S_UNLIMITED;
  chunks[0] = chunk;
  const Handle space = space_of(dims_, limits.data());
  const Handle properties = creation_properties();
  H5Pset_chunk(properties.get(), static_cast<int>(chunks.size()), chunks.data());
  if (deflate) set_deflate<Disk>(properties);
  data_ = create_data<Disk>(file, name, space, properties);
}

template <class T, class Disk>
Appender<T, Disk>::Appender(const Handle& file, const char* name, std::size_t chunk)
    : Appender(file, name, {}, chunk, false) {}

template <class T, class Disk>
Appender<T, Disk> Appender<T, Disk>::deflated(const Handle& file, const char* name, const std::vector<hsize_t>& row) {
  const hsize_t row_bytes = std::accumulate(row.begin(), row.end(), hsize_t{sizeof(Disk)}, std::multiplies<>());
  return Appender(file, name, row, rows_per_chunk(row_bytes), true);
}

template <class T, class Disk>
void Appender<T, Disk>::append(std::span<const T> values) {
  if (values.empty()) return;
  const hsize_t row = row_size(dims_);
  std::vector<hsize_t> begin(dims_.size(), 0), count = dims_;
  begin[0] = dims_[0];
  count[0] = values.size() / row;
  expects(count[0] * row == values.size(), "whole rows");
  dims_[0] += count[0];
  checked(H5Dset_extent(data_.get(), dims_.data()), "grow " + name_);
  const Handle target(checked(H5Dget_space(data_.get()), "grow " + name_), H5Sclose);
  H5Sselect_hyperslab(target.get(), H5S_SELECT_SET, begin.data(), nullptr, count.data(), nullptr);
  const Handle source = space_of(count);
  checked(H5Dwrite(data_.get(), memory_type<T>(), source.get(), target.get(), H5P_DEFAULT, values.data()),
          "write " + name_);
}

template <class T>
void write_array(const Handle& file, const char* name, const std::vector<hsize_t>& dims, std::span<const T> values,
                 bool deflate) {
  const Handle space = space_of(dims);
  const Handle properties = creation_properties();
  if (deflate && !values.empty()) {
    std::vector<hsize_t> chunk = dims;
    chunk[0] = std::min(dims[0], rows_per_chunk(row_size(dims) * sizeof(T)));
    H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
    set_deflate<T>(properties);
  }
  const Handle data = create_data<T>(file, name, space, properties);
  checked(H5Dwrite(data.get(), memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          std::string("write ") + name);
}

#define LUTRA_H5_INSTANCE(T)  \
  template class Appender<T>; \
  template void write_array<T>(const Handle&, const char*, const std::vector<hsize_t>&, std::span<const T>, bool);
LUTRA_H5_INSTANCE(std::int8_t)
LUTRA_H5_INSTANCE(std::uint8_t)
LUTRA_H5_INSTANCE(std::int16_t)
LUTRA_H5_INSTANCE(std::uint16_t)
LUTRA_H5_INSTANCE(std::int32_t)
LUTRA_H5_INSTANCE(std::uint32_t)
LUTRA_H5_INSTANCE(float)
LUTRA_H5_INSTANCE(double)
#undef LUTRA_H5_INSTANCE
template class Appender<std::int16_t, std::int8_t>;

}  // namespace lutra::h5
