#include "event/h5_array.h"

#include <algorithm>

namespace lutra::h5 {
namespace {

constexpr std::uint64_t max_layer_bytes = std::uint64_t{1} << 28;
constexpr std::uint64_t max_chunks = std::uint64_t{1} << 20;

/// Names of the groups on the way and the array itself must be hard links: the others lead to other files.
Handle open_hard(const Handle& file, const std::string& name, hid_t access) {
  bool hard = true;
  for (std::size_t end = 0; hard && end != std::string::npos;) {
    end = name.find('/', end + 1);
    H5L_info_t info;
    hard = H5Lget_info(file.get(), name.substr(0, end).c_str(), &info, H5P_DEFAULT) >= 0 && info.type == H5L_TYPE_HARD;
  }
  const hid_t id = hard ? H5Dopen2(file.get(), name.c_str(), access) : -1;
  if (id < 0) throw Error("the file has no array \"" + name + "\"", "", "Check that it is the right file");
  return {id, H5Dclose};
}

std::vector<hsize_t> shape_of(const Handle& data) {
  const Handle space(H5Dget_space(data.get()), H5Sclose);
  std::vector<hsize_t> dims(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space.get()))));
  if (!dims.empty()) H5Sget_simple_extent_dims(space.get(), dims.data(), nullptr);
  return dims;
}

std::string shape_text(const std::vector<hsize_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

std::uint64_t count(const std::vector<hsize_t>& shape, std::uint64_t limit, const std::string& what) {
  return product_within(std::vector<std::uint64_t>(shape.begin(), shape.end()), limit, what);
}

/// The chunks that hold one row hold others too. They are kept until all of these are read, so that each is unpacked
/// once. Nothing for an array without chunks.
struct Chunks {
  std::uint64_t bytes = 0, number = 0;  // of one row
};

Chunks chunks_of_a_row(const Handle& data, const std::vector<hsize_t>& shape) {
  const Handle properties(H5Dget_create_plist(data.get()), H5Pclose);
  if (H5Pget_layout(properties.get()) != H5D_CHUNKED || shape.empty()) return {};
  std::vector<hsize_t> chunk(shape.size());
  if (H5Pget_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data()) < 0) return {};
  const Handle type(H5Dget_type(data.get()), H5Tclose);
  std::vector<hsize_t> number(shape.size()), sizes = chunk;
  for (std::size_t i = 0; i < shape.size(); ++i) number[i] = shape[i] / chunk[i] + (shape[i] % chunk[i] != 0);
  count(number, max_chunks, "chunks in an array");
  number[0] = 1;
  sizes.insert(sizes.end(), number.begin(), number.end());
  sizes.push_back(H5Tget_size(type.get()));
  return {count(sizes, max_layer_bytes, "bytes in the chunks of one row"), count(number, max_chunks, "chunks")};
}

Handle open_with_cache(const Handle& file, const std::string& name) {
  Handle data = open_hard(file, name, H5P_DEFAULT);
  const Chunks chunks = chunks_of_a_row(data, shape_of(data));
  if (chunks.bytes <= 1 << 20) return data;  // what the library keeps anyway
  const Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose);
  H5Pset_chunk_cache(access.get(), static_cast<std::size_t>(10 * chunks.number + 521),
                     static_cast<std::size_t>(chunks.bytes), 1.0);
  data = Handle();  // an array that is open already keeps its cache
  return open_hard(file, name, access.get());
}

}  // namespace

std::vector<hsize_t> shape(const Handle& file, const std::string& name) {
  return shape_of(open_hard(file, name, H5P_DEFAULT));
}

bool is_elsewhere(const Handle& data) {
  const Handle properties(H5Dget_create_plist(data.get()), H5Pclose);
  return H5Pget_layout(properties.get()) == H5D_VIRTUAL || H5Pget_external_count(properties.get()) > 0;
}

Array::Array(const Handle& file, const std::string& name) : name_(name) {
  try {
    data_ = open_with_cache(file, name);
  } catch (const Error& e) {
    throw Error("array \"" + name + "\" cannot be read", e.what(), "");
  }
  shape_ = shape_of(data_);
  if (is_elsewhere(data_)) throw Error("array \"" + name + "\" lies in another file", "", "Store it in this file");
  const Handle type(H5Dget_type(data_.get()), H5Tclose);
  const H5T_class_t kind = H5Tget_class(type.get());
  if (kind != H5T_INTEGER && kind != H5T_FLOAT) throw Error("array \"" + name + "\" does not hold numbers", "", "");
}

template <class T>
void Array::expect(const std::vector<hsize_t>& shape, Budget& bytes) const {
  if (shape_ != shape)
    throw Error("array \"" + name_ + "\" has the wrong shape", shape_text(shape_) + " instead of " + shape_text(shape),
                "Make the file again");
  std::vector<hsize_t> sizes = shape;
  sizes.push_back(sizeof(T));
  bytes.spend(count(sizes, ~std::uint64_t{0}, "bytes in array \"" + name_ + "\""));
}

template <class T>
std::vector<T> Array::rows(hsize_t begin, hsize_t number) const {
  if (shape_.empty() || begin > shape_[0] || number > shape_[0] - begin)
    throw Error("array \"" + name_ + "\" is too short", "", "Make the file again");
  std::vector<hsize_t> start(shape_.size(), 0), size = shape_;
  start[0] = begin;
  size[0] = number;
  std::vector<T> values(count(size, std::uint64_t{1} << 40, "numbers in array \"" + name_ + "\""));
  if (values.empty()) return values;
  const Handle source(H5Dget_space(data_.get()), H5Sclose);
  H5Sselect_hyperslab(source.get(), H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr);
  const Handle target(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr), H5Sclose);
  if (H5Dread(data_.get(), memory_type<T>(), target.get(), source.get(), H5P_DEFAULT, values.data()) < 0)
    throw Error("array \"" + name_ + "\" cannot be read", "", "Copy or make the file again");
  return values;
}

#define LUTRA_H5_INSTANCE(T)                                                  \
  template void Array::expect<T>(const std::vector<hsize_t>&, Budget&) const; \
  template std::vector<T> Array::rows<T>(hsize_t, hsize_t) const;
LUTRA_H5_INSTANCE(std::int8_t)
LUTRA_H5_INSTANCE(std::uint8_t)
LUTRA_H5_INSTANCE(std::int16_t)
LUTRA_H5_INSTANCE(std::uint16_t)
LUTRA_H5_INSTANCE(std::int32_t)
LUTRA_H5_INSTANCE(float)
LUTRA_H5_INSTANCE(double)
#undef LUTRA_H5_INSTANCE

}  // namespace lutra::h5
